package dev.grandstand.e2e.simulation;

/** How long people waited, by the second. */
final class Waits {

    private final long[] people;
    private long count;

    Waits(int longest) {
        people = new long[longest + 1];
    }

    void add(int number, int seconds) {
        people[Math.min(seconds, people.length - 1)] += number;
        count += number;
    }

    long count() {
        return count;
    }

    /** Nearest rank; 0 if nobody came. */
    int percentile(double percent) {
        long rank = (long) Math.ceil(percent / 100 * count);
        long seen = 0;
        for (int seconds = 0; seconds < people.length; seconds++) {
            seen += people[seconds];
            if (seen >= rank) {
                return seconds;
            }
        }
        return 0;
    }

    int longest() {
        return percentile(100);
    }
}
