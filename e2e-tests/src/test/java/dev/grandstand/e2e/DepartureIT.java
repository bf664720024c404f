package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever goes, in whatever way, is missed soon, and leaves nothing behind on the media node. */
@ExtendWith(InGrandstand.class)
class DepartureIT {

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(2);

    /** How long a participant whose connection broke may be waited for. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    /** Until it is noticed that the grace time is over. */
    private static final Duration MISSED_WITHIN = GRACE.plusSeconds(10);

    @Test
    void viewersAreToldThatThePresenterLeft(Venue venue) {
        var room = venue.newRoom("leaves");
        var ann = venue.presenter(room, "Ann", Camera.RED);

        assertMissed(venue, room, TOLD_WITHIN, () -> {
            ann.element("leave").click();
            ann.element("ask-yes").click();
        });
        ann.page().waitForURL("**/");
    }

    @Test
    void viewersAreToldThatThePresenterStopped(Venue venue) {
        var room = venue.newRoom("stops");
        var ann = venue.presenter(room, "Ann", Camera.RED);

        assertMissed(venue, room, TOLD_WITHIN, () -> ann.element("stop").click());
        assertThat(ann.uploads()).isZero();
        assertThat(ann.people()).contains("Ann");
    }

    @Test
    void viewersAreToldThatThePresenterClosedTheTab(Venue venue) {
        var room = venue.newRoom("closes");
        var ann = venue.presenter(room, "Ann", Camera.RED);

        assertMissed(venue, room, TOLD_WITHIN, () -> ann.page().close(new Page.CloseOptions()));
    }

    @Test
    void viewersAreToldThatThePresenterWasKilled(Venue venue) {
        var room = venue.newRoom("killed");
        var browser = BrowserProcess.start(Camera.RED);
        venue.presenter(room, "Ann", browser);

        assertMissed(venue, room, GRACE, browser::kill);
    }

    @Test
    void aKilledViewerIsMissedAndDisturbsNobody(Venue venue) {
        var room = venue.newRoom("viewer-killed");
        venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var browser = BrowserProcess.start(Camera.GREEN);
        venue.viewer(room, "Victor", browser).awaitSight("Ann", Camera.RED);
        assertThat(venue.system().endpointsOf(room)).hasSize(3);

        browser.kill();

        Visitor.await("Victor's endpoint to be released")
                .atMost(MISSED_WITHIN)
                .until(() -> venue.system().endpointsOf(room).size(), endpoints -> endpoints == 2);
        Visitor.await("Victor to be missed").atMost(MISSED_WITHIN).until(() -> !vera.people()
                .contains("Victor"));
        vera.awaitFramesOf("Ann", 20);
    }

    @Test
    void whenEverybodyHasGoneNothingOfTheRoomIsLeftOnTheNode(Venue venue) {
        var room = venue.newRoom("emptied");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        assertThat(venue.system().pipelinesOf(room)).hasSize(1);

        ann.close();
        vera.close();

        Visitor.await("the room's pipeline to be released")
                .until(() -> venue.system().pipelinesOf(room).isEmpty());
    }

    /** Two viewers watch; then the presenter goes, they are told in time, and no endpoint is left. */
    private static void assertMissed(Venue venue, String room, Duration within, Runnable going) {
        var vera = venue.viewer(room, "Vera");
        var victor = venue.viewer(room, "Victor");
        vera.awaitSight("Ann", Camera.RED);
        victor.awaitSight("Ann", Camera.RED);
        var stream = vera.streamOf("Ann");
        vera.watchForEnds();
        victor.watchForEnds();
        assertThat(venue.system().endpointsOf(room)).hasSize(3);

        var goneAt = System.currentTimeMillis();
        going.run();

        assertThat(vera.endOf(stream) - goneAt).isLessThanOrEqualTo(within.toMillis());
        assertThat(victor.endOf(stream) - goneAt).isLessThanOrEqualTo(within.toMillis());
        System.out.printf("%s: told after %d ms%n", room, vera.endOf(stream) - goneAt);
        vera.element("stage-empty").waitFor();
        assertThat(vera.element("tile").count()).isZero();
        Visitor.await("every endpoint to be released")
                .atMost(MISSED_WITHIN)
                .until(() -> venue.system().endpointsOf(room).isEmpty());
    }
}
