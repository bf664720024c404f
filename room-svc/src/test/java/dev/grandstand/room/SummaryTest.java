package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.NOON;
import static dev.grandstand.room.RoomScenario.ROOM;
import static dev.grandstand.room.RoomScenario.given;
import static dev.grandstand.room.RoomScenario.givenNothing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.RoomSummary;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final InstanceId A = new InstanceId("signaling.a");
    private static final StreamId CAMERA = new StreamId("camera");

    private final RoomScenario open =
            given(new RoomEvent.RoomOpened("My show", VideoCodec.VP8), RoomTest.joined(RoomTest.viewer("ann"), A, 1));
    private final RoomScenario live =
            open.and(RoomTest.started(CAMERA, RoomTest.viewer("ann"), "e1"), new RoomEvent.RoomWentLive());
    private final RoomScenario paused =
            live.and(new RoomEvent.StreamStopped(CAMERA, RoomTest.viewer("ann").id(), StopReason.UNPUBLISHED));

    @Test
    void showsWhoPublishesAndHowManyAreThere() {
        assertThat(Summary.of(open.room())).isEqualTo(new RoomSummary(ROOM, "My show", false, List.of(), 1, NOON));
        assertThat(Summary.of(live.room()))
                .isEqualTo(new RoomSummary(
                        ROOM, "My show", true, List.of(RoomTest.viewer("ann").name()), 1, NOON));
        assertThat(Summary.of(paused.room()).live()).isFalse();
    }

    @Test
    void openingGoingLivePausingAndClosingCannotWait() {
        assertThat(isNews(givenNothing(), open)).isTrue();
        assertThat(isNews(open, live)).isTrue();
        assertThat(isNews(live, paused)).isTrue();
        assertThat(isNews(paused, live)).isTrue();
        assertThat(isNews(open, givenNothing())).isTrue();
    }

    @Test
    void comingAndGoingCanWait() {
        var two = open.and(RoomTest.joined(RoomTest.viewer("bob"), A, 2));
        assertThat(isNews(open, two)).isFalse();
    }

    private static boolean isNews(RoomScenario before, RoomScenario after) {
        return Summary.summaries().atOnce().test(before.room(), after.room());
    }
}
