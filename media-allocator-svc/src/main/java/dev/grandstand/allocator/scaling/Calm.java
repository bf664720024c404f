package dev.grandstand.allocator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/** The most nodes that were needed at any moment of the quiet time: fewer would not have been enough. */
final class Calm {

    private record Look(Instant at, int nodes) {}

    private final Duration quiet;
    /** The latest that is older than the quiet time, and all since. */
    private final Deque<Look> looks = new ArrayDeque<>();

    Calm(Duration quiet) {
        this.quiet = quiet;
    }

    void observe(int nodes, Instant now) {
        looks.addLast(new Look(now, nodes));
        var begin = now.minus(quiet);
        while (looks.size() > 1 && !second().at().isAfter(begin)) {
            looks.removeFirst();
        }
    }

    private Look second() {
        var all = looks.iterator();
        all.next();
        return all.next();
    }

    /** Nothing as long as the whole quiet time has not been seen. */
    OptionalInt most(Instant now) {
        return looks.isEmpty() || looks.getFirst().at().isAfter(now.minus(quiet))
                ? OptionalInt.empty()
                : looks.stream().mapToInt(Look::nodes).max();
    }
}
