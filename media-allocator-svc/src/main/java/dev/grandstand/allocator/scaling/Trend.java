package dev.grandstand.allocator.scaling;

import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.scaling.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * How fast people come whom nobody announced. Whoever comes to an announced show, up to its expected audience, is no news, nor
 * that they leave.
 */
final class Trend {

    /** Long enough that comings and goings even out, short enough to see a spike. */
    private static final Duration SHORT = Duration.ofSeconds(30);

    /** Nobody looks far ahead from a short look back. */
    private static final int AHEAD = 2;

    /** Two looks close together say nothing. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private record Look(Instant at, long surprising) {}

    private final Deque<Look> looks = new ArrayDeque<>();
    private Map<RoomId, Integer> announced = Map.of();
    private int people;
    private long surprising;

    /**
     * @param came who is there of the audience of each announced show
     * @param boot how far ahead this will be asked to look
     */
    void observe(Demand demand, Map<RoomId, Integer> came, Duration boot, Instant now) {
        if (!looks.isEmpty()) {
            surprising += demand.people() - people - cameSince(came);
        }
        people = demand.people();
        announced = came;
        looks.addLast(new Look(now, surprising));
        var half = boot.dividedBy(AHEAD);
        var begin = now.minus(half.compareTo(SHORT) > 0 ? half : SHORT);
        while (looks.size() > 2 && looks.getFirst().at().isBefore(begin)) {
            looks.removeFirst();
        }
    }

    /** Of shows that are there now and were there before: that one is announced, or over, is no change in who is there. */
    private int cameSince(Map<RoomId, Integer> came) {
        int since = 0;
        for (var show : came.entrySet()) {
            since += show.getValue() - announced.getOrDefault(show.getKey(), show.getValue());
        }
        return since;
    }

    /** How many more will be there after that time, if it goes on like this; never less than none. */
    double over(Duration time) {
        if (looks.size() < 2) {
            return 0;
        }
        var first = looks.getFirst();
        var last = looks.getLast();
        var seen = Duration.between(first.at(), last.at());
        return seen.compareTo(SHORTEST) < 0
                ? 0
                : Math.max(0, last.surprising() - first.surprising()) * (double) time.toMillis() / seen.toMillis();
    }
}
