package dev.grandstand.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.Ways.Arrival;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.media.MediaEvent;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RememberedLinksTest {

    private static final RoomId SHOW = new RoomId("show");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final NodeRef ORIGIN = new NodeRef(new NodeId("origin"), URI.create("ws://127.0.0.1:1/kurento"));
    private static final NodeRef EDGE = new NodeRef(new NodeId("edge"), URI.create("ws://127.0.0.1:2/kurento"));
    private static final MediaLocation SOURCE = new MediaLocation(ORIGIN, "hall", "source", null);
    private static final MediaLocation NEW_SOURCE = new MediaLocation(ORIGIN, "hall", "new source", null);
    private static final MediaLocation SENDING = new MediaLocation(ORIGIN, "hall", "sending", null);
    private static final MediaLocation ARRIVAL = new MediaLocation(EDGE, "annex", "arrival", null);
    private static final MediaEvent.LinkMade MADE = new MediaEvent.LinkMade(CAMERA, SOURCE, SENDING, ARRIVAL);

    private final RememberedLinks remembered = new RememberedLinks();

    @Test
    void whatWasMadeIsLeftAndTakenOnce() {
        replay(MADE);

        assertThat(remembered.take()).isEqualTo(Map.of(SHOW, Map.of(new Arrival(CAMERA, EDGE.id()), MADE)));
        assertThat(remembered.take()).isEmpty();
    }

    @Test
    void whoeverSitsWhereTheStreamIsHasNoLink() {
        replay(new MediaEvent.LinkMade(CAMERA, SOURCE, SOURCE, SOURCE));

        assertThat(remembered.take()).isEmpty();
    }

    @Test
    void whatHasEndedIsNotLeft() {
        replay(MADE);
        replay(new MediaEvent.LinkEnded(CAMERA, ARRIVAL));

        assertThat(remembered.take().get(SHOW)).isEmpty();
    }

    @Test
    void ofAStreamThatIsLedFromElsewhereOnlyLinksFromThereAreLeft() {
        replay(MADE);
        replay(new MediaEvent.StreamLed(CAMERA, SOURCE));
        assertThat(remembered.take().get(SHOW)).hasSize(1);

        replay(MADE);
        replay(new MediaEvent.StreamLed(CAMERA, NEW_SOURCE));
        assertThat(remembered.take().get(SHOW)).isEmpty();
    }

    @Test
    void aRoomThatLostOrGaveBackItsMediaHasNone() {
        replay(MADE);
        replay(new MediaEvent.RoomMediaLost(ORIGIN));
        assertThat(remembered.take()).isEmpty();

        replay(MADE);
        replay(new MediaEvent.RoomReleased());
        assertThat(remembered.take()).isEmpty();
    }

    private void replay(MediaEvent event) {
        remembered.replay(new EventRecord<>(SHOW, CommandId.random(), Instant.EPOCH, event));
    }
}
