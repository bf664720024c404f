package dev.grandstand.e2e.bench;

import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A join and a leave through room-svc, from the command to its committed outcome, in rooms of three sizes: the sizes take
 * turns, so that whatever else the machine does hits all of them alike. The limit of each is the smallest room.
 */
final class BigRoomBench implements Benchmark {

    private static final int LARGEST = 100_000;
    private static final int SECONDS = 40;
    private static final int WARM_UP = 200;
    private static final double TARGET_RATIO = 1.3;

    /** A room of some size, and how long its visitors took. */
    private static final class Measured {
        private final RoomId room;
        private final int size;
        private final Samples joins = new Samples();
        private final Samples leaves = new Samples();

        Measured(int size) {
            this.size = size;
            this.room = new RoomId("bench-" + size);
        }
    }

    @Override
    public Report run(Settings settings) throws Exception {
        int largest = settings.sizeOr(LARGEST);
        int seconds = settings.secondsOr(SECONDS);
        var rooms = new ArrayList<Measured>();
        for (int size : new int[] {100, 10_000, 100_000, 1_000_000}) {
            if (size <= largest) {
                rooms.add(new Measured(size));
            }
        }
        var report = new Report("bigroom").parameter("seconds", seconds);
        report.parameter("sizes", rooms.stream().map(room -> room.size).toList());
        try (var system = Separately.start(settings)) {
            var service = system.start(
                    Separately.Program.ROOM,
                    // Nobody's signaling instance says that it lives: these people have none.
                    Map.of("GRANDSTAND_INSTANCE_GRACE", "4h"),
                    "-Xmx2g");
            try (var line = new RoomLine(system.kafka())) {
                long began = System.nanoTime();
                for (var measured : rooms) {
                    line.fill(List.of(measured.room), measured.size);
                }
                report.add(Figure.higher(
                        "filled_per_s",
                        rooms.stream().mapToInt(room -> room.size).sum() * 1e9 / (System.nanoTime() - began),
                        "1/s"));
                measure(line, rooms, seconds);
            }
            report.add(Figure.lower("room_svc_rss_mib", service.residentBytes() / (1 << 20), "MiB"));
        }
        add(report, rooms);
        return report;
    }

    private static void measure(RoomLine line, List<Measured> rooms, int seconds) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            for (var measured : rooms) {
                var visitor = RoomLine.visitor(measured.room);
                await(line.join(visitor));
                await(line.leave(visitor));
            }
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            for (var measured : rooms) {
                var visitor = RoomLine.visitor(measured.room);
                long joining = System.nanoTime();
                await(line.join(visitor));
                measured.joins.addMillisSince(joining);
                long leaving = System.nanoTime();
                await(line.leave(visitor));
                measured.leaves.addMillisSince(leaving);
            }
        }
    }

    private static void await(CompletableFuture<RoomEvent> outcome) throws Exception {
        if (outcome.get(20, TimeUnit.SECONDS) instanceof RoomEvent.CommandRefused refused) {
            throw new IllegalStateException("refused: " + refused.message());
        }
    }

    private static void add(Report report, List<Measured> rooms) {
        var smallest = rooms.getFirst();
        report.parameter("rounds", smallest.joins.count());
        for (var measured : rooms) {
            report.add(Figure.lower("join_p50_ms_" + measured.size, measured.joins.median(), "ms")
                    .limit(smallest.joins.median()));
            report.add(Figure.lower("leave_p50_ms_" + measured.size, measured.leaves.median(), "ms")
                    .limit(smallest.leaves.median()));
            report.add(Figure.lower("join_p99_ms_" + measured.size, measured.joins.percentile(99), "ms"));
        }
        var hundredThousand =
                rooms.stream().filter(room -> room.size == LARGEST).findFirst();
        hundredThousand.ifPresent(large -> report.add(
                        Figure.lower("join_ratio_100k_to_100", large.joins.median() / smallest.joins.median(), "")
                                .target(TARGET_RATIO))
                .add(Figure.lower("leave_ratio_100k_to_100", large.leaves.median() / smallest.leaves.median(), "")
                        .target(TARGET_RATIO)));
    }
}
