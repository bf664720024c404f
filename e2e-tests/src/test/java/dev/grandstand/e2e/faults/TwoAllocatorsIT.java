package dev.grandstand.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ClusterLogs;
import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.SeatLedger;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two allocators beside each other while people ask for seats and give them back; the one that decides is killed, and later
 * paused for so long that it wakes up as one of two that think they decide. What was granted stands in the topic.
 */
class TwoAllocatorsIT {

    private static final int SEATS = 4;
    private static final int PEOPLE = 30;
    private static final int ROOMS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final SeatLedger ledger = new SeatLedger(SEATS);
    private final List<EventRecord<MediaEvent>> events = new CopyOnWriteArrayList<>();
    private final Random random = new Random(7);
    private @Nullable Cluster cluster;
    private @Nullable EventLog log;
    private int asked;

    @RegisterExtension
    final ClusterLogs logs = new ClusterLogs(() -> cluster);

    @Test
    void noSeatIsGrantedTwice() throws Exception {
        var plan = ClusterPlan.standard()
                .withAllocators(2)
                .withRelays(2)
                // One partition, so that all events have one order.
                .with(Map.of("GRANDSTAND_TOPIC_PARTITIONS", "1", "GRANDSTAND_SEATS_PER_NODE", String.valueOf(SEATS)));
        try (var running = Cluster.start("allocators", plan)) {
            cluster = running;
            var opened = get(EventLog.open(vertx, new KafkaSettings(running.kafka(), 1, (short) 1)));
            log = opened;
            get(opened.follow(Topics.MEDIA_EVENTS, From.BEGINNING, events::add));
            get(ledger.follow(opened));
            var first = running.allocators().get(0);
            var second = running.allocators().get(1);

            rush();
            first.kill();
            var killed = System.nanoTime();
            rush();
            awaitAnswered();
            System.out.printf(
                    "allocators: somebody was answered %d ms after the leader was killed%n",
                    (System.nanoTime() - killed) / 1_000_000);
            first.start().awaitReady();
            rush();
            second.pause();
            rush();
            awaitAnswered();
            second.resume();
            rush();
            awaitAnswered();

            assertThat(ledger.granted()).isGreaterThan(5 * SEATS);
            assertThat(ledger.wrong()).isEmpty();
        } finally {
            if (log != null) {
                get(log.close());
            }
            get(vertx.close());
        }
    }

    /** People ask, give back, and ask again, in no order. */
    private void rush() throws Exception {
        for (int i = 0; i < 3 * PEOPLE; i++) {
            var participant = new ParticipantId("person-" + random.nextInt(PEOPLE));
            send(
                    room(participant),
                    random.nextInt(3) == 0
                            ? new MediaCommand.ReleaseSeat(participant)
                            : new MediaCommand.RequestSeat(participant, new InstanceId("test"), null));
        }
    }

    /** Somebody new asks, and hears of a seat or a place in the queue. */
    private void awaitAnswered() throws Exception {
        var newcomer = new ParticipantId("newcomer-" + ++asked);
        await("the allocators to answer")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    send(room(newcomer), new MediaCommand.RequestSeat(newcomer, new InstanceId("test"), null));
                    return events.stream().map(EventRecord::event).anyMatch(event -> switch (event) {
                        case MediaEvent.SeatGranted granted ->
                            granted.participant().equals(newcomer);
                        case MediaEvent.SeatQueued queued ->
                            queued.participant().equals(newcomer);
                        default -> false;
                    });
                });
        send(room(newcomer), new MediaCommand.ReleaseSeat(newcomer));
    }

    private static RoomId room(ParticipantId participant) {
        return new RoomId("room-" + Math.floorMod(participant.value().hashCode(), ROOMS));
    }

    private void send(RoomId room, MediaCommand command) throws Exception {
        var record = new CommandRecord<>(CommandId.random(), room, new InstanceId("test"), Instant.now(), command);
        get(Objects.requireNonNull(log).publish(Topics.MEDIA_COMMANDS, record));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.await(30, TimeUnit.SECONDS);
    }
}
