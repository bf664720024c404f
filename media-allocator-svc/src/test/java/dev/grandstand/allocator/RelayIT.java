package dev.grandstand.allocator;

import static dev.grandstand.allocator.AllocatorUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The allocator over a real node in a process of its own. */
class RelayIT {

    private static final RoomId SHOW = new RoomId("show");

    @TempDir
    static Path folder;

    @Test
    void aKilledNodesRoomsAreLostWithinTwoSecondsAndTheNodeServesAgainWhenItIsBack() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0);
                var relay = new RelayProcess();
                var allocator = new AllocatorUnderTest(kafka.bootstrapServers(), 10, relay.ref())) {
            allocator.start(new KurentoMediaServers(allocator.vertx()));
            var looker = new KurentoMediaServers(allocator.vertx());
            var node = looker.on(relay.ref());

            var first = allocator.seated(SHOW, "ann");
            assertThat(get(node.pipelines()))
                    .extracting(pipeline -> pipeline.id())
                    .containsExactly(first.pipeline());

            relay.kill();
            await().atMost(Duration.ofSeconds(2))
                    .untilAsserted(() -> allocator.hears(SHOW, new MediaEvent.RoomMediaLost(relay.ref())::equals));
            assertThat(allocator.asks(SHOW, "ann")).isInstanceOf(MediaEvent.SeatQueued.class);

            relay.start();
            allocator.hears(
                    SHOW,
                    event -> event instanceof MediaEvent.SeatGranted seat
                            && !seat.pipeline().equals(first.pipeline()));

            allocator.happens(SHOW, new RoomEvent.RoomClosed(CloseReason.EMPTY));
            await().until(() -> get(node.pipelines()).isEmpty());
            get(looker.close());
        }
    }
}
