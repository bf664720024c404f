package dev.grandstand.e2e.simulation;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How a policy did in all.
 *
 * @param refused people sent away after they waited in vain
 * @param overloadSeconds seconds in which any node had more people than seats
 * @param scheduledOverOptimum node hours of announced spikes over the fewest possible, in the worst of them
 * @param unscheduledP99OverBoot seconds that one in a hundred waited longer than a node takes to boot, in the worst spike that
 *     was not announced, or not wholly; negative if they waited less
 * @param unscheduledLongestOverBoot the same for whoever waited longest
 * @param waitP50 seconds that half of the people waited, in the worst scenario
 * @param waitP99 seconds that one in a hundred waited, in the worst scenario
 * @param overOptimum node hours of everything over the fewest possible; low also if people are refused
 * @param movesPerViewer how often somebody was moved to another node, in the mean
 */
public record Score(
        long refused,
        int overloadSeconds,
        double scheduledOverOptimum,
        double unscheduledP99OverBoot,
        double unscheduledLongestOverBoot,
        double waitP50,
        double waitP99,
        double overOptimum,
        double movesPerViewer) {

    static Score of(String policy, List<Contest.Round> rounds) {
        var outcomes =
                rounds.stream().map(round -> round.outcomes().get(policy)).toList();
        return new Score(
                outcomes.stream().mapToLong(Outcome::refused).sum(),
                outcomes.stream().mapToInt(Outcome::overloadSeconds).sum(),
                worst(of(rounds, Scenario.Kind.SCHEDULED), round -> round.overOptimum(policy)),
                worst(of(rounds, Scenario.Kind.UNSCHEDULED), round -> round.waitOverBoot(policy)),
                worst(of(rounds, Scenario.Kind.UNSCHEDULED), round -> round.longestWaitOverBoot(policy)),
                worst(outcomes.stream(), outcome -> outcome.waits().percentile(50)),
                worst(outcomes.stream(), outcome -> outcome.waits().percentile(99)),
                outcomes.stream().mapToDouble(Outcome::nodeHours).sum()
                        / rounds.stream()
                                .mapToDouble(round -> Outcome.hours(round.optimum()))
                                .sum(),
                (double) outcomes.stream().mapToLong(Outcome::moves).sum()
                        / outcomes.stream().mapToLong(Outcome::came).sum());
    }

    private static Stream<Contest.Round> of(List<Contest.Round> rounds, Scenario.Kind kind) {
        return rounds.stream().filter(round -> round.is(kind));
    }

    private static <T> double worst(Stream<T> of, ToDoubleFunction<T> figure) {
        return of.mapToDouble(figure).max().orElseThrow();
    }
}
