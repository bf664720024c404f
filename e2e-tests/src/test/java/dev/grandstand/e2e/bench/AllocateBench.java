package dev.grandstand.e2e.bench;

import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.relay.MediaRelay;
import dev.grandstand.relay.RelayConfig;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Seats through the topics, by one allocator in a process of its own, over relays that make real pipelines. First 500 rooms
 * begin within one second, with audiences of one to nine, the commands in random order: how evenly the nodes are loaded. Then as many
 * seats as it can grant, and how long one takes at a steady rate, from when the command was due to when the committed event
 * is read. The limit is a process that copies commands to events in transactions and does nothing else.
 */
final class AllocateBench implements Benchmark {

    private static final int SECONDS = 20;
    private static final int ROOMS = 500;
    private static final int NODES = 10;
    private static final int PARTITIONS = 4;
    private static final int SEATS_PER_NODE = 100_000;
    private static final int LARGEST_AUDIENCE = 9;
    private static final int AT_ONCE = 1_000;
    private static final int CALM_PER_SECOND = 500;
    private static final long SEED = 42;

    private static final double TARGET_PER_SECOND = 5_000;
    private static final double TARGET_P99_MS = 50;
    private static final double TARGET_MAX_OVER_MEAN = 1.3;

    private static final InstanceId ME = new InstanceId("bench");

    private final Map<NodeId, Integer> seated = new ConcurrentHashMap<>();
    /** There are seats for everybody; whoever is queued met a node that was too busy to answer. */
    private final AtomicInteger queued = new AtomicInteger();

    private int people;

    @Override
    public Report run(Settings settings) throws Exception {
        var length = Duration.ofSeconds(settings.secondsOr(SECONDS));
        int rooms = settings.sizeOr(ROOMS);
        var report = new Report("allocate")
                .parameter("seconds", length.toSeconds())
                .parameter("rooms", rooms)
                .parameter("nodes", NODES);
        var vertx = Vertx.vertx();
        var relays = new ArrayList<MediaRelay>();
        try (var system = Separately.start(settings)) {
            for (int i = 0; i < NODES; i++) {
                relays.add(Waiting.get(MediaRelay.start(vertx, RelayConfig.embedded())));
            }
            system.start(Separately.Program.ALLOCATOR, variables(relays));
            try (var traffic = new CommandTraffic(
                    system.kafka(), Topics.MEDIA_COMMANDS.name(), Topics.MEDIA_EVENTS.name(), this::answered)) {
                warmUp(traffic, length);
                burst(report, traffic, names("burst", rooms));
                var placed = names("burst", rooms);
                double perSecond = traffic.flood(AT_ONCE, length, () -> seatIn(placed.get(people % placed.size())));
                var full = traffic.steady(TARGET_PER_SECOND, length, () -> seatIn(placed.get(people % placed.size())));
                var calm = traffic.steady(CALM_PER_SECOND, length, () -> seatIn(placed.get(people % placed.size())));
                limits(report, system, length, perSecond, full, calm);
            }
        } finally {
            for (var relay : relays) {
                Waiting.get(relay.close());
            }
            Waiting.get(vertx.close());
        }
        return report;
    }

    private static Map<String, String> variables(List<MediaRelay> relays) {
        return Map.of(
                "GRANDSTAND_MEDIA_NODES",
                relays.stream().map(relay -> relay.uri().toString()).collect(Collectors.joining(",")),
                "GRANDSTAND_SEATS_PER_NODE",
                String.valueOf(SEATS_PER_NODE),
                "GRANDSTAND_TOPIC_PARTITIONS",
                String.valueOf(PARTITIONS),
                // The relays share these cores with the load; a late answer would pass for a dead node.
                "GRANDSTAND_NODE_POLL",
                "30s");
    }

    /** The compilers have their say first; what was warmed is given back, so that the nodes are empty. */
    private void warmUp(CommandTraffic traffic, Duration length) throws InterruptedException {
        var rooms = names("warm", 50);
        traffic.flood(AT_ONCE, length, () -> seatIn(rooms.get(people % rooms.size())));
        var closing = rooms.iterator();
        traffic.steady(
                rooms.size(), Duration.ofSeconds(1), () -> command(closing.next(), new MediaCommand.ReleaseRoom()));
    }

    private void burst(Report report, CommandTraffic traffic, List<RoomId> rooms) throws InterruptedException {
        var lots = new Random(SEED);
        var asking = new ArrayList<RoomId>();
        for (var room : rooms) {
            asking.addAll(Collections.nCopies(1 + lots.nextInt(LARGEST_AUDIENCE), room));
        }
        Collections.shuffle(asking, lots);
        var next = asking.iterator();
        seated.clear();
        long began = System.nanoTime();
        var waits = traffic.steady(asking.size(), Duration.ofSeconds(1), () -> seatIn(next.next()));
        double took = (System.nanoTime() - began) / 1e6;
        int most = Collections.max(seated.values());
        double mean = (double) asking.size() / NODES;
        report.parameter("burst_seats", asking.size())
                .add(Figure.lower("burst_max_over_mean", most / mean, "ratio")
                        .limit(1)
                        .target(TARGET_MAX_OVER_MEAN))
                .add(Figure.lower("burst_all_seated_ms", took, "ms").limit(1_000))
                .add(Figure.lower("burst_seat_p99_ms", waits.percentile(99), "ms"));
    }

    private void limits(
            Report report, Separately system, Duration length, double perSecond, Histogram full, Histogram calm)
            throws Exception {
        BareAllocator.createTopics(system.kafka(), PARTITIONS);
        try (var bare = system.startMain(BareAllocator.class, system.kafka());
                var traffic = new CommandTraffic(
                        system.kafka(),
                        BareAllocator.COMMANDS,
                        BareAllocator.EVENTS,
                        event -> Optional.of(new String(
                                event.value(), 0, CommandId.random().value().length(), StandardCharsets.US_ASCII)))) {
            traffic.flood(AT_ONCE, length, AllocateBench::bareCommand);
            double bestPerSecond = traffic.flood(AT_ONCE, length, AllocateBench::bareCommand);
            var bareFull = traffic.steady(TARGET_PER_SECOND, length, AllocateBench::bareCommand);
            var bareCalm = traffic.steady(CALM_PER_SECOND, length, AllocateBench::bareCommand);
            report.add(Figure.higher("seats_per_s", perSecond, "seats/s")
                            .limit(bestPerSecond)
                            .target(TARGET_PER_SECOND))
                    .add(Figure.lower("seat_p50_ms", full.percentile(50), "ms").limit(bareFull.percentile(50)))
                    .add(Figure.lower("seat_p99_ms", full.percentile(99), "ms")
                            .limit(bareFull.percentile(99))
                            .target(TARGET_P99_MS))
                    .add(Figure.lower("calm_seat_p50_ms", calm.percentile(50), "ms")
                            .limit(bareCalm.percentile(50)))
                    .add(Figure.lower("calm_seat_p99_ms", calm.percentile(99), "ms")
                            .limit(bareCalm.percentile(99)))
                    .add(Figure.lower("queued", queued.get(), "people").limit(0));
        }
    }

    /** As long as a real one. */
    private static CommandTraffic.Command bareCommand() {
        var id = CommandId.random().value();
        var value = new byte[300];
        System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, value, 0, id.length());
        return new CommandTraffic.Command(id, id, value);
    }

    private static List<RoomId> names(String prefix, int count) {
        var rooms = new ArrayList<RoomId>();
        for (int i = 0; i < count; i++) {
            rooms.add(new RoomId(prefix + "-" + i));
        }
        return rooms;
    }

    private CommandTraffic.Command seatIn(RoomId room) {
        return command(room, new MediaCommand.RequestSeat(new ParticipantId("p" + ++people), ME, null));
    }

    private static CommandTraffic.Command command(RoomId room, MediaCommand what) {
        var record = new CommandRecord<>(CommandId.random(), room, ME, Instant.now(), what);
        return new CommandTraffic.Command(record.id().value(), room.value(), Topics.MEDIA_COMMANDS.encode(record));
    }

    private Optional<String> answered(ConsumerRecord<String, byte[]> raw) {
        EventRecord<MediaEvent> event;
        try {
            event = Topics.MEDIA_EVENTS.decode(raw.value());
        } catch (BadJson e) {
            throw new IllegalStateException("an event that is none", e);
        }
        return switch (event.event()) {
            case MediaEvent.SeatGranted seat -> {
                seated.merge(seat.node().id(), 1, Integer::sum);
                yield Optional.of(event.cause().value());
            }
            case MediaEvent.RoomReleased released -> Optional.of(event.cause().value());
            case MediaEvent.SeatQueued late -> {
                queued.incrementAndGet();
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }
}
