package dev.grandstand.signaling;

import dev.grandstand.protocol.chat.Reaction;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adds up reactions for half a second from the first of them on, and passes the sum on. So neither a topic nor a socket sees
 * more than two sums a second, however many react: used once for what the room's sessions here send, which becomes one
 * command, and once for what they are told.
 */
final class ReactionSum {

    static final Duration EVERY = Duration.ofMillis(500);

    private final Later later;
    private final Consumer<Map<Reaction, Integer>> sums;
    private final EnumMap<Reaction, Integer> counts = new EnumMap<>(Reaction.class);

    ReactionSum(Later later, Consumer<Map<Reaction, Integer>> sums) {
        this.later = later;
        this.sums = sums;
    }

    void add(Map<Reaction, Integer> more) {
        if (counts.isEmpty() && !more.isEmpty()) {
            later.in(EVERY, this::pass);
        }
        more.forEach((reaction, count) -> counts.merge(reaction, count, Integer::sum));
    }

    private void pass() {
        var sum = Map.copyOf(counts);
        counts.clear();
        sums.accept(sum);
    }
}
