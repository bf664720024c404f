package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A presenter's picture and sound reach everybody in the room, and nobody elsewhere. */
@ExtendWith(InGrandstand.class)
class BroadcastIT {

    private static final Duration WATCHED = Duration.ofSeconds(15);
    private static final int LEAST_FRAMES_PER_SECOND = 10;

    @Test
    void threeViewersSeeAndHearThePresenterWhoUploadsOnce(Venue venue) {
        var room = venue.newRoom("show");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var viewers = Stream.of("Vera", "Victor", "Vincent")
                .map(name -> venue.viewer(room, name))
                .toList();
        viewers.forEach(viewer -> viewer.awaitSight("Ann", Camera.RED));

        var before = viewers.stream().map(viewer -> viewer.framesOf("Ann")).toList();
        ann.watchFor(WATCHED);
        var after = viewers.stream().map(viewer -> viewer.framesOf("Ann")).toList();

        for (int i = 0; i < viewers.size(); i++) {
            var perSecond = (double) (after.get(i) - before.get(i)) / WATCHED.toSeconds();
            System.out.printf(
                    "%s decoded %.1f frames a second%n", viewers.get(i).name(), perSecond);
            assertThat(perSecond).isGreaterThanOrEqualTo(LEAST_FRAMES_PER_SECOND);
        }
        for (var viewer : viewers) {
            Visitor.await(viewer.name() + " hears Ann").until(() -> viewer.loudnessOf("Ann") > 0.01);
            assertThat(viewer.pictureOf("Ann").shows(Camera.RED)).isTrue();
            assertThat(viewer.uploads()).isZero();
        }
        assertThat(ann.uploads()).isOne();
        assertThat(venue.system().endpointsOf(room)).hasSize(1 + viewers.size());
    }

    @Test
    void twoPresentersAreSeenByEverybodyAndByEachOther(Venue venue) {
        var room = venue.newRoom("duet");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var bob = venue.presenter(room, "Bob", Camera.GREEN);
        var viewers = List.of(venue.viewer(room, "Vera"), venue.viewer(room, "Victor"));

        for (var viewer : viewers) {
            viewer.awaitSight("Ann", Camera.RED);
            viewer.awaitSight("Bob", Camera.GREEN);
        }
        ann.awaitSight("Bob", Camera.GREEN);
        bob.awaitSight("Ann", Camera.RED);
        assertThat(ann.uploads()).isOne();
        assertThat(bob.uploads()).isOne();
    }

    @Test
    void nothingLeaksBetweenTwoRooms(Venue venue) {
        var red = venue.newRoom("red");
        var green = venue.newRoom("green");
        var ann = venue.presenter(red, "Ann", Camera.RED);
        var bob = venue.presenter(green, "Bob", Camera.GREEN);
        var vera = venue.viewer(red, "Vera");
        var victor = venue.viewer(green, "Victor");
        vera.awaitSight("Ann", Camera.RED);
        victor.awaitSight("Bob", Camera.GREEN);

        vera.say("only for red");
        bob.say("only for green");
        ann.awaitChat("only for red");
        victor.awaitChat("only for green");

        assertThat(vera.chat()).containsExactly("only for red");
        assertThat(bob.chat()).containsExactly("only for green");
        assertThat(vera.element("tile").count()).isOne();
        assertThat(victor.element("tile").count()).isOne();
        assertThat(vera.people()).containsExactlyInAnyOrder("Ann", "Vera");
        assertThat(victor.people()).containsExactlyInAnyOrder("Bob", "Victor");
    }

    @Test
    void whoComesLateSeesPicturePeopleAndTheLastMessages(Venue venue) {
        var room = venue.newRoom("late");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var early = venue.viewer(room, "Earl");
        ann.say("welcome");
        early.awaitChat("welcome");
        early.say("glad to be here");
        ann.awaitChat("welcome", "glad to be here");

        var late = venue.viewer(room, "Lara");

        late.awaitChat("welcome", "glad to be here");
        assertThat(late.people()).containsExactlyInAnyOrder("Ann", "Earl", "Lara");
        late.awaitSight("Ann", Camera.RED);
        late.awaitFramesOf("Ann", 20);
    }

    @Test
    void aViewerJumpsToAnotherRoomWithoutLoadingThePageAgain(Venue venue) {
        var from = venue.newRoom("here");
        var to = venue.newRoom("there");
        venue.presenter(from, "Ann", Camera.RED);
        venue.presenter(to, "Bob", Camera.GREEN);
        var vera = venue.viewer(from, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var loadedAt = vera.page().evaluate("() => performance.timeOrigin");
        vera.page().evaluate("() => { window.stillTheSamePage = true; }");

        vera.jumpTo(to);

        vera.awaitSight("Bob", Camera.GREEN);
        vera.awaitFramesOf("Bob", 20);
        assertThat(vera.page().url()).contains("/room/" + to);
        assertThat(vera.page().evaluate("() => performance.timeOrigin")).isEqualTo(loadedAt);
        assertThat(vera.page().evaluate("() => window.stillTheSamePage")).isEqualTo(true);
        assertThat(vera.element("tile").count()).isOne();
        assertThat(vera.downloads()).isOne();
        Visitor.await("the old room to be without her")
                .until(() -> venue.system().endpointsOf(from).size(), endpoints -> endpoints == 1);
    }
}
