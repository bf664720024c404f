package dev.grandstand.e2e.bench;

import dev.grandstand.e2e.simulation.Contest;
import dev.grandstand.e2e.simulation.Score;
import dev.grandstand.e2e.simulation.SimulationPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code ./grandstand simulate}: nothing is measured, so the same seed gives the same figures anywhere. */
public final class Simulate {

    private static final List<Integer> BOOTS = List.of(5, 30, 180);
    private static final long SEED = 1;

    private Simulate() {}

    /** Exits with 2 on bad usage. */
    public static void main(String[] args) throws IOException {
        long seed = SEED;
        try {
            if (args.length > 0) {
                if (args.length != 2 || !args[0].equals("--seed")) {
                    throw new IllegalArgumentException("knows --seed N only");
                }
                seed = Long.parseLong(args[1]);
            }
        } catch (IllegalArgumentException e) {
            System.err.println("grandstand: simulate: " + e.getMessage());
            System.exit(2);
        }
        var contest = Contest.run(BOOTS, seed);
        var report = new Report("simulate").parameter("boot_s", BOOTS).parameter("seed", seed);
        contest.scores().forEach((policy, score) -> add(report, policy, score));
        report.print(System.out);
        report.write(Path.of("target/bench"));
        var page = Files.writeString(Path.of("target/simulate.html"), new SimulationPage(contest).html());
        System.out.println("Charts: " + page);
    }

    private static void add(Report report, String policy, Score score) {
        boolean ours = policy.isEmpty();
        add(report, ours, Figure.lower(policy + "refused", score.refused(), "people"), 0);
        add(report, ours, Figure.lower(policy + "overload_s", score.overloadSeconds(), "s"), 0);
        add(
                report,
                ours,
                Figure.lower(policy + "scheduled_node_hours_over_optimum", score.scheduledOverOptimum(), "times"),
                1.25);
        add(
                report,
                ours,
                Figure.lower(policy + "unscheduled_wait_p99_over_boot_s", score.unscheduledP99OverBoot(), "s"),
                2);
        report.add(
                Figure.lower(policy + "unscheduled_wait_longest_over_boot_s", score.unscheduledLongestOverBoot(), "s"));
        report.add(Figure.lower(policy + "wait_p50_s", score.waitP50(), "s"));
        report.add(Figure.lower(policy + "wait_p99_s", score.waitP99(), "s"));
        report.add(Figure.lower(policy + "node_hours_over_optimum", score.overOptimum(), "times"));
        report.add(Figure.lower(policy + "moves_per_viewer", score.movesPerViewer(), "moves"));
    }

    private static void add(Report report, boolean ours, Figure figure, double target) {
        report.add(ours ? figure.target(target) : figure);
    }
}
