package dev.grandstand.e2e.simulation;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Who comes and goes, second by second; the same for every policy.
 *
 * @param coming how many come in each second
 * @param going how many of those who are there go in each second
 * @param people how many there are after it, if none was refused
 * @param show how many of these are in the announced room
 */
record Audience(int[] coming, int[] going, int[] people, int[] show) {

    /** Part of an audience that is replaced by others in a second: people stay for ten minutes in the mean. */
    private static final double CHURN = 1 / 600.0;

    /**
     * @param base how many there are at each second
     * @param show how many beside them in the announced room
     */
    static Audience of(int seconds, DoubleUnaryOperator base, DoubleUnaryOperator show, SplittableRandom random) {
        var coming = new int[seconds];
        var going = new int[seconds];
        var people = new int[seconds];
        var inShow = new int[seconds];
        int before = 0;
        for (int t = 0; t < seconds; t++) {
            inShow[t] = (int) Math.round(show.applyAsDouble(t));
            people[t] = (int) Math.round(base.applyAsDouble(t)) + inShow[t];
            int churned = t == 0 ? 0 : poisson(before * CHURN, random);
            coming[t] = Math.max(0, people[t] - before) + churned;
            going[t] = Math.max(0, before - people[t]) + churned;
            before = people[t];
        }
        return new Audience(coming, going, people, inShow);
    }

    int seconds() {
        return people.length;
    }

    /** By Knuth; large means by the normal distribution. */
    private static int poisson(double mean, SplittableRandom random) {
        if (mean > 50) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
