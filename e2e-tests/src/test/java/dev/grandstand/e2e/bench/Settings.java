package dev.grandstand.e2e.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * How far to go.
 *
 * @param seconds of each single measurement of something that lasts; 0 for the benchmark's own
 * @param size the largest number of what is counted (joins, views, viewers, starts); 0 for the benchmark's own
 * @param rates only these, a second, one after another, of a benchmark that looks for the highest one; empty for all that it does
 * @param home the project's folder
 */
record Settings(int seconds, int size, List<Integer> rates, Path home) {

    Settings {
        rates = List.copyOf(rates);
    }

    int secondsOr(int otherwise) {
        return seconds == 0 ? otherwise : seconds;
    }

    int sizeOr(int otherwise) {
        return size == 0 ? otherwise : size;
    }
}
