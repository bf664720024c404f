package dev.grandstand.e2e.bench;

import java.nio.file.Path;

/**
 * How far to go.
 *
 * @param seconds of each single measurement of something that lasts; 0 for the benchmark's own
 * @param size the largest number of what is counted (joins, views, viewers, starts); 0 for the benchmark's own
 * @param home the project's folder
 */
record Settings(int seconds, int size, Path home) {

    int secondsOr(int otherwise) {
        return seconds == 0 ? otherwise : seconds;
    }

    int sizeOr(int otherwise) {
        return size == 0 ? otherwise : size;
    }
}
