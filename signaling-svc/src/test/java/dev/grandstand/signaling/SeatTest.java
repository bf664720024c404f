package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaEvent;
import java.net.URI;
import org.junit.jupiter.api.Test;

class SeatTest {

    private static final ParticipantId BOB = new ParticipantId("bob");

    private final Seat seat = new Seat();

    @Test
    void whoAsksBeforeTheGrantGetsItWhenItComes() {
        var asked = seat.get();
        assertThat(asked.isComplete()).isFalse();

        seat.grant(granted("first"));

        assertThat(asked.result()).isEqualTo(granted("first"));
        assertThat(seat.get().result()).isEqualTo(granted("first"));
    }

    @Test
    void whoWaitsInTheQueueIsToldSoAtOnce() {
        var news = seat.queue(new MediaEvent.SeatQueued(BOB, 3, 12_000, null));

        assertThat(news).isEqualTo(new ServerMessage.Seat(ServerMessage.SeatState.QUEUED, 3, 12_000));
        assertThat(seat.get().cause()).hasMessageContaining("queue");

        seat.grant(granted("later"));
        assertThat(seat.get().result()).isEqualTo(granted("later"));
    }

    @Test
    void whoWasRefusedAsksAnewOnce() {
        seat.queue(new MediaEvent.SeatQueued(BOB, 3, 12_000, null));

        assertThat(seat.refuse()).isEqualTo(new ServerMessage.Seat(ServerMessage.SeatState.REFUSED, 0, 0));
        assertThat(seat.isToBeAskedForAnew()).isTrue();
        assertThat(seat.isToBeAskedForAnew()).isFalse();

        var asked = seat.get();
        seat.grant(granted("later"));
        assertThat(asked.result()).isEqualTo(granted("later"));
    }

    @Test
    void aRevokedSeatIsWaitedForAnew() {
        seat.grant(granted("lost"));
        seat.revoke();

        var asked = seat.get();
        assertThat(asked.isComplete()).isFalse();

        seat.grant(granted("new"));
        assertThat(asked.result()).isEqualTo(granted("new"));
    }

    private static MediaEvent.SeatGranted granted(String node) {
        return new MediaEvent.SeatGranted(
                BOB, new NodeRef(new NodeId(node), URI.create("ws://" + node + ":8888/kurento")), "pipeline");
    }
}
