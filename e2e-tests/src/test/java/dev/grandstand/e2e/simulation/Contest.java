package dev.grandstand.e2e.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All policies in all scenarios.
 *
 * @param rounds one for each scenario
 */
public record Contest(List<Round> rounds) {

    /** Ours has no prefix. */
    static final Map<String, Function<Scenario, Autoscaler>> POLICIES = policies();

    /** What the policies made of one scenario; by the policy's name. */
    record Round(Scenario scenario, int[] optimum, Map<String, Outcome> outcomes) {

        double overOptimum(String policy) {
            return outcomes.get(policy).nodeHours() / Outcome.hours(optimum);
        }

        /** Seconds that somebody waited beyond what a node takes to boot. */
        double waitOverBoot(String policy) {
            return outcomes.get(policy).waits().percentile(99) - (double) scenario.boot();
        }

        double longestWaitOverBoot(String policy) {
            return outcomes.get(policy).waits().longest() - (double) scenario.boot();
        }

        boolean is(Scenario.Kind kind) {
            return scenario.kind() == kind;
        }
    }

    private static Map<String, Function<Scenario, Autoscaler>> policies() {
        var all = new LinkedHashMap<String, Function<Scenario, Autoscaler>>();
        all.put("", ShippedPolicy::new);
        all.put("hpa_", scenario -> new CpuAutoscaler());
        all.put("buffer_", scenario -> new FixedBuffer(scenario.seats()));
        return all;
    }

    /** @param boots seconds that a node takes to boot, at most; each scenario is run with each */
    public static Contest run(List<Integer> boots, long seed) {
        var rounds = new ArrayList<Round>();
        for (int boot : boots) {
            for (var scenario : Scenarios.with(boot, seed)) {
                var outcomes = new LinkedHashMap<String, Outcome>();
                POLICIES.forEach(
                        (name, policy) -> outcomes.put(name, new World(scenario, policy.apply(scenario)).run()));
                rounds.add(new Round(scenario, Optimum.nodes(scenario), outcomes));
            }
        }
        return new Contest(rounds);
    }

    /** By what stands before a policy's figures: nothing for ours. */
    public Map<String, Score> scores() {
        var scores = new LinkedHashMap<String, Score>();
        POLICIES.keySet().forEach(policy -> scores.put(policy, Score.of(policy, rounds)));
        return scores;
    }
}
