package dev.grandstand.e2e.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values of one kind. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    /** From one time of {@link System#nanoTime} to now. */
    void addMillisSince(long began) {
        add((System.nanoTime() - began) / 1e6);
    }

    /** All of both. */
    Samples with(Samples more) {
        var all = new Samples();
        all.values.addAll(values);
        all.values.addAll(more.values);
        return all;
    }

    /** Nearest rank; 0 without values. */
    double percentile(int percent) {
        if (values.isEmpty()) {
            return 0;
        }
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.max(0, (int) Math.ceil(percent / 100.0 * sorted.size()) - 1));
    }

    int count() {
        return values.size();
    }

    double median() {
        return percentile(50);
    }
}
