package dev.grandstand.chat;

import dev.grandstand.protocol.chat.Reaction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the audience reacted.
 *
 * @param totals how often, since the room opened; without those that never came
 * @param last when the last came
 */
record Tally(Map<Reaction, Long> totals, Instant last) {

    /** More can not be one event loop's sum of half a second. */
    static final int MOST_AT_ONCE = 1_000_000;

    static final Tally NONE = new Tally(Map.of(), Instant.EPOCH);

    /** Copies what it is given. */
    Tally {
        totals = Map.copyOf(totals);
    }

    static boolean isPlausible(Map<Reaction, Integer> counts) {
        return !counts.isEmpty() && counts.values().stream().allMatch(count -> count > 0 && count <= MOST_AT_ONCE);
    }

    boolean isEmpty() {
        return totals.isEmpty();
    }

    /** The totals with some more; they stay at the largest number there is. */
    Map<Reaction, Long> plus(Map<Reaction, Integer> counts) {
        var sum = new EnumMap<Reaction, Long>(Reaction.class);
        sum.putAll(totals);
        counts.forEach((reaction, count) -> sum.merge(reaction, count.longValue(), Tally::capped));
        return sum;
    }

    Tally reached(Map<Reaction, Long> sums, Instant at) {
        return new Tally(sums, at);
    }

    /** All of it if the last came after the given time: what came before cannot be told apart. */
    Tally after(Instant until) {
        return last.isAfter(until) ? this : NONE;
    }

    private static long capped(long sum, long more) {
        return sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
    }
}
