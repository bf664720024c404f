package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever loses the connection is the same participant afterwards, and the pictures never stop. */
@ExtendWith(InGrandstand.class)
class ResumeIT {

    /** Remembers who is said to come and go, and the longest time between two frames of the stream, in milliseconds. */
    private static final String WITNESS = """
            stream => {
              const { client } = window.grandstand;
              const witness = window.witness = { news: [], again: 0, gap: 0, peers: window.peers.length };
              client.on('room', ({ message }) => witness.news.push(message.type));
              client.on('joined', ({ again }) => { if (again) witness.again += 1; });
              const video = document.querySelector(`[data-testid="tile"][data-stream="${stream}"] video`);
              let before;
              const shown = (now) => {
                if (before) witness.gap = Math.max(witness.gap, now - before);
                before = now;
                video.requestVideoFrameCallback(shown);
              };
              video?.requestVideoFrameCallback(shown);
            }
            """;

    @Test
    void aBrokenConnectionChangesNothingForAnybody(Venue venue) {
        var room = venue.newRoom("resumes");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        var victor = venue.viewer(room, "Victor");
        vera.awaitSight("Ann", Camera.RED);
        victor.awaitSight("Ann", Camera.RED);
        var stream = vera.streamOf("Ann");
        var ids = List.of(idOf(ann), idOf(vera));
        var endpoints = venue.system().endpointsOf(room);
        List.of(ann, vera, victor).forEach(visitor -> visitor.page().evaluate(WITNESS, stream));
        vera.awaitFramesOf("Ann", 10);

        for (var breaking : List.of(vera, ann, vera, ann)) {
            var before = witnessed(breaking, "again");
            breaking.breakConnection();
            Visitor.await(breaking.name() + " to be back").until(() -> witnessed(breaking, "again") == before + 1);
            vera.awaitFramesOf("Ann", 30);
            victor.awaitFramesOf("Ann", 30);
        }

        assertThat(List.of(idOf(ann), idOf(vera))).isEqualTo(ids);
        assertThat(venue.system().endpointsOf(room)).isEqualTo(endpoints);
        assertThat(newsOf(victor))
                .doesNotContain("participantLeft", "participantJoined", "streamStopped", "streamStarted");
        assertThat(vera.people()).containsExactlyInAnyOrder("Ann", "Vera", "Victor");
        assertThat(ann.uploads()).isEqualTo(1);
        for (var viewer : List.of(vera, victor)) {
            System.out.printf("%s: longest gap between two frames %d ms%n", viewer.name(), witnessed(viewer, "gap"));
        }
    }

    @Test
    void whoIsBackCanDoWhatTheyCouldBefore(Venue venue) {
        var room = venue.newRoom("resumes-fully");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var stream = vera.streamOf("Ann");
        List.of(ann, vera).forEach(visitor -> visitor.page().evaluate(WITNESS, stream));

        for (var breaking : List.of(ann, vera)) {
            breaking.breakConnection();
            Visitor.await(breaking.name() + " to be back").until(() -> witnessed(breaking, "again") == 1);
        }
        vera.say("still here");
        ann.awaitChat("still here");
        vera.watchForEnds();
        ann.element("stop").click();

        assertThat(vera.endOf(stream)).isPositive();
        Visitor.await("every endpoint to be released")
                .until(() -> venue.system().endpointsOf(room).isEmpty());
    }

    @Test
    void aStrangersTokenOpensNothing(Venue venue) {
        var room = venue.newRoom("forged");
        var vera = venue.viewer(room, "Vera");

        var failure = vera.page().evaluate("""
                room => new Promise(answered => {
                  const socket = new WebSocket(`ws://${location.host}/ws`);
                  socket.onopen = () => socket.send(JSON.stringify(
                      { type: 'join', id: 1, room, name: 'Mallory', resume: 'e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }));
                  socket.onmessage = ({ data }) => { answered(JSON.parse(data).code); socket.close(1000); };
                })
                """, room);

        assertThat(failure).isEqualTo("unauthorized");
        assertThat(vera.people()).containsExactly("Vera");
    }

    private static String idOf(Visitor visitor) {
        return (String) visitor.page().evaluate("() => window.grandstand.client.room.you.id");
    }

    private static long witnessed(Visitor visitor, String what) {
        return ((Number) visitor.page().evaluate("what => Math.round(window.witness[what])", what)).longValue();
    }

    @SuppressWarnings("unchecked")
    private static List<String> newsOf(Visitor visitor) {
        return (List<String>) ((Map<String, Object>) visitor.page().evaluate("() => window.witness")).get("news");
    }
}
