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

    /** Looks, as often as the page is drawn, at what its tile shows: every element on it, one over the other. */
    private static final String WATCH_FOR_BLACK = """
            stream => {
              const watch = window.watch = { looked: 0, black: 0 };
              const drawing = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
              const look = () => {
                drawing.fillRect(0, 0, 8, 8);
                for (const video of document.querySelectorAll(`[data-testid="tile"][data-stream="${stream}"] video`)) {
                  drawing.drawImage(video, 0, 0, 8, 8);
                }
                const [red, green, blue] = drawing.getImageData(4, 4, 1, 1).data;
                watch.looked += 1;
                if (red + green + blue < 30) watch.black += 1;
                requestAnimationFrame(look);
              };
              look();
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
    void aPictureThatIsAskedForAnewIsNeverBlack(Venue venue) {
        var room = venue.newRoom("never-black");
        venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var stream = vera.streamOf("Ann");
        vera.page().evaluate(WATCH_FOR_BLACK, stream);
        Visitor.await("somebody to look").until(() -> watched(vera, "looked") > 5);

        for (int round = 1; round <= 3; round++) {
            var connection = "stream => window.grandstand.client.views.find(view => view.stream === stream).connection";
            var before = vera.page().evaluateHandle(connection, stream);
            vera.page()
                    .evaluate(
                            "stream => { window.grandstand.client.views.find(view => view.stream === stream).ask(); }",
                            stream);
            vera.awaitPictureOf("Ann");
            vera.awaitFramesOf("Ann", 10);
            assertThat(vera.page()
                            .evaluate(
                                    "([stream, before]) => (" + connection + ")(stream) === before",
                                    List.of(stream, before)))
                    .isEqualTo(false);
        }

        assertThat(watched(vera, "black")).isZero();
        Visitor.await("one element again")
                .until(() -> vera.page().locator("[data-testid=tile] video").count() == 1);
        Visitor.await("one connection again").until(() -> vera.downloads() == 1);
    }

    @Test
    void aConnectionWhoseNetworkChangedIsRepairedAndNotReplaced(Venue venue) {
        var room = venue.newRoom("new-network");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var endpoints = venue.system().endpointsOf(room);

        for (var visitor : List.of(vera, ann)) {
            var way = ufrag(visitor);
            visitor.page()
                    .evaluate(
                            "() => { const { views, publications } = window.grandstand.client; [...views, ...publications][0].repair(); }");
            Visitor.await(visitor.name() + " to have another way")
                    .until(() -> ufrag(visitor), now -> !now.equals(way) && !now.isEmpty());
            vera.awaitFramesOf("Ann", 30);
        }

        assertThat(venue.system().endpointsOf(room)).isEqualTo(endpoints);
        assertThat(ann.uploads()).isOne();
        assertThat(vera.downloads()).isOne();
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

    /** By which credentials the first connection of a page runs, once both sides agreed on them. */
    private static String ufrag(Visitor visitor) {
        return (String) visitor.page().evaluate("""
                () => {
                  const { views, publications } = window.grandstand.client;
                  const { connection } = [...views, ...publications][0];
                  return connection.signalingState === 'stable' && connection.connectionState === 'connected'
                      ? /a=ice-ufrag:(\\S+)/.exec(connection.localDescription.sdp)[1] : '';
                }
                """);
    }

    private static long watched(Visitor visitor, String what) {
        return ((Number) visitor.page().evaluate("what => window.watch[what]", what)).longValue();
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
