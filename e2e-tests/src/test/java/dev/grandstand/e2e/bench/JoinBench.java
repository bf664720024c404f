package dev.grandstand.e2e.bench;

import dev.grandstand.e2e.bench.Separately.Program;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Joins against every service in a process of its own, from the moment a join is due to {@code joined}. First faster and
 * faster, for the highest rate at which 99 of 100 are in within 250 ms; then at a steady rate, and behind it the limit: a
 * command and its event, exactly once, at the same rate through the same broker. In this order both find a broker that is
 * compiled: in its second minute at 200 a second the compiler still took more than a third of a core of it.
 */
final class JoinBench implements Benchmark {

    private static final int PER_SECOND = 200;
    private static final int SECONDS = 60;
    private static final int WARM_UP_SECONDS = 120;
    private static final int WARM_UP_STEP_SECONDS = 4;
    private static final int LIMIT_WARM_UP_SECONDS = 5;
    private static final int LIMIT_SECONDS = 15;
    private static final int STEP_SECONDS = 5;

    private static final List<Integer> STEPS = List.of(300, 450, 650, 1_000, 1_400, 2_000, 2_800, 4_000);
    private static final int ROOMS = 200;
    private static final Duration STAY = Duration.ofSeconds(1);
    private static final int SOCKETS = 5_000;

    private static final double TARGET_P50_MILLIS = 25;
    private static final double TARGET_P99_MILLIS = 80;
    private static final double TARGET_OF_LIMIT = 1.5;
    private static final double HIGHEST_P99_MILLIS = 250;
    private static final double TARGET_PER_SECOND = 2_000;

    @Override
    public Report run(Settings settings) throws Exception {
        int perSecond = settings.sizeOr(PER_SECOND);
        int seconds = settings.secondsOr(SECONDS);
        var report = new Report("join")
                .parameter("joins_per_s", perSecond)
                .parameter("seconds", seconds)
                .parameter("rooms", ROOMS)
                .parameter("stay_ms", STAY.toMillis());
        var story = new JoinStory(ROOMS, STAY);
        try (var system = Separately.start(settings)) {
            var signaling = startAll(system);
            RoundTrips.createTopics(system.kafka());
            try (var swarm = story.at(system.port(signaling))) {
                story.dial(SOCKETS);
                warmUp(story, perSecond);
                if (!settings.rates().isEmpty()) {
                    // None of them finds processes that only know a tenth of it.
                    for (int rate : between(perSecond, settings.rates().getFirst())) {
                        holds(story, rate, WARM_UP_STEP_SECONDS, () -> {});
                    }
                    return report.add(
                            highest(search(system, story, settings.rates(), settings.secondsOr(STEP_SECONDS))));
                }
                double fastest = search(system, story, between(perSecond, Integer.MAX_VALUE), STEP_SECONDS);
                settle(story, perSecond);
                var before = cpu(system);
                var after = new LinkedHashMap<String, Double>();
                var joins = story.run(perSecond, seconds, () -> after.putAll(cpu(system)));
                if (fastest == 0 && joins.isComplete() && joins.latencies().percentile(99) <= HIGHEST_P99_MILLIS) {
                    fastest = perSecond;
                }
                Histogram limit;
                try (var decider = system.startMain(RoundTrips.class, system.kafka())) {
                    RoundTrips.measure(system.kafka(), perSecond, LIMIT_WARM_UP_SECONDS);
                    limit = RoundTrips.measure(system.kafka(), perSecond, LIMIT_SECONDS);
                }
                add(report, joins, limit, fastest);
                used(before, after, seconds)
                        .forEach((name, percent) ->
                                report.add(Figure.lower("cpu_percent_" + name, percent, "% of a core")));
                swarm.isWell();
            }
        }
        return report;
    }

    private static Spawned startAll(Separately system) throws Exception {
        system.start(Program.ROOM, Map.of());
        system.start(Program.CHAT, Map.of());
        system.start(
                Program.ALLOCATOR,
                Map.of(
                        "GRANDSTAND_MEDIA_NODES",
                        system.startRelay().toString(),
                        "GRANDSTAND_SEATS_PER_NODE",
                        "100000"));
        return system.start(
                Program.SIGNALING,
                Map.of(
                        "GRANDSTAND_CONNECTIONS_PER_ADDRESS", "unlimited",
                        "GRANDSTAND_JOINS_PER_ADDRESS", "unlimited"));
    }

    /**
     * Six processes that have only just started spend more on compiling than on joins: in the allocator's second minute at 200
     * joins a second the compiler still took 20 % of a core and all else 13 %. So the rate begins low and doubles
     * whenever it holds; a rate that they cannot take yet would only leave them a queue of joins that were given up.
     */
    private static void warmUp(JoinStory story, int perSecond) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
        int rate = Math.max(1, perSecond / 8);
        while (System.nanoTime() < end) {
            if (holds(story, rate, WARM_UP_STEP_SECONDS, () -> {})) {
                rate = Math.min(perSecond, rate * 2);
            }
        }
    }

    /** What the highest rate has left behind is done with before the steady rate is measured. */
    private static void settle(JoinStory story, int perSecond) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
        while (!holds(story, perSecond, WARM_UP_STEP_SECONDS, () -> {}) && System.nanoTime() < end) {
            System.err.println("  not yet");
        }
    }

    /**
     * One rate after another until one does not hold; the last that held, or 0. Each is let run before it is measured.
     */
    private static double search(Separately system, JoinStory story, List<Integer> rates, int seconds)
            throws Exception {
        double fastest = 0;
        for (int rate : rates) {
            // Whoever waited for the compilers is in, too.
            system.letCompile(step -> holds(story, rate, step, () -> {}));
            var before = cpu(system);
            var after = new LinkedHashMap<String, Double>();
            boolean held = holds(story, rate, seconds, () -> after.putAll(cpu(system)));
            System.err.println("    % of a core: " + used(before, after, seconds));
            if (!held) {
                break;
            }
            fastest = rate;
        }
        return fastest;
    }

    /** Processor time between two moments so many seconds apart, in percent of a core. */
    private static Map<String, Long> used(Map<String, Double> before, Map<String, Double> after, int seconds) {
        var used = new LinkedHashMap<String, Long>();
        after.forEach(
                (name, end) -> used.put(name, Math.round(100 * (end - before.getOrDefault(name, 0.0)) / seconds)));
        return used;
    }

    private static Map<String, Double> cpu(Separately system) {
        var used = new LinkedHashMap<String, Double>();
        system.running().forEach(process -> used.merge(process.program(), process.cpuSeconds(), Double::sum));
        return used;
    }

    private static List<Integer> between(int above, int below) {
        return STEPS.stream().filter(rate -> rate > above && rate < below).toList();
    }

    private static boolean holds(JoinStory story, int perSecond, int seconds, Runnable over) throws Exception {
        var outcome = story.run(perSecond, seconds, over);
        double p99 = outcome.latencies().percentile(99);
        System.err.printf(
                "  %d joins/s: p50 %.1f ms, p99 %.1f ms, %d due, %d answered, %d refused, %d without a socket%n",
                perSecond,
                outcome.latencies().percentile(50),
                p99,
                outcome.due(),
                outcome.answered(),
                outcome.failed(),
                outcome.without());
        return outcome.isComplete() && p99 <= HIGHEST_P99_MILLIS;
    }

    private static void add(Report report, JoinStory.Outcome joins, Histogram limit, double fastest) {
        double median = joins.latencies().percentile(50);
        report.add(Figure.lower("join_p50_ms", median, "ms")
                        .limit(limit.percentile(50))
                        .target(TARGET_P50_MILLIS))
                .add(Figure.lower("join_p99_ms", joins.latencies().percentile(99), "ms")
                        .limit(limit.percentile(99))
                        .target(TARGET_P99_MILLIS))
                .add(Figure.lower("join_p999_ms", joins.latencies().percentile(99.9), "ms"))
                .add(Figure.lower("limit_p50_ms", limit.percentile(50), "ms"))
                .add(Figure.lower("limit_p99_ms", limit.percentile(99), "ms"))
                .add(Figure.lower("join_of_limit_ratio", median / limit.percentile(50), "")
                        .target(TARGET_OF_LIMIT))
                .add(highest(fastest))
                .add(Figure.lower("joins_not_answered", joins.due() + joins.without() - joins.answered(), "joins"));
    }

    private static Figure highest(double fastest) {
        return Figure.higher("max_joins_per_s", fastest, "1/s").target(TARGET_PER_SECOND);
    }
}
