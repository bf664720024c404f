package dev.grandstand.chat;

import dev.grandstand.protocol.ParticipantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Who has posted lately, and when. Measured by the times of the messages, which the sender's signaling instance sets. Whoever
 * has been quiet for a while, measured by the newest message of anybody, is forgotten when somebody posts; the while is
 * longer than the second that counts, because clocks of instances differ.
 *
 * @param recent the times of each one's last messages, oldest first, at most {@link #MESSAGES} each
 */
record Pace(PSortedMap<ParticipantId, List<Instant>> recent) {

    /** So many messages may be posted ... */
    static final int MESSAGES = 5;

    /** ... in so much time. */
    static final Duration PER = Duration.ofSeconds(1);

    /** Whoever is quiet for so long is forgotten. */
    static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(10);

    static final Pace EMPTY = new Pace(TreePMap.empty(Comparator.comparing(ParticipantId::value)));

    boolean isEmpty() {
        return recent.isEmpty();
    }

    boolean isTooFast(ParticipantId who, Instant at) {
        var times = recent.getOrDefault(who, List.of());
        return times.size() == MESSAGES && times.getFirst().isAfter(at.minus(PER));
    }

    Pace posted(ParticipantId who, Instant at) {
        var before = recent.getOrDefault(who, List.of());
        var times = Stream.concat(before.stream(), Stream.of(at))
                .skip(before.size() == MESSAGES ? 1 : 0)
                .toList();
        return new Pace(without(quietAt(at)).recent().plus(who, times));
    }

    /** Those who are forgotten when somebody posts at the given time. */
    Predicate<Instant> quietAt(Instant at) {
        return last -> last.isBefore(at.minus(FORGOTTEN_AFTER));
    }

    /** Only those who posted after the given time. */
    Pace after(Instant until) {
        return without(last -> !last.isAfter(until));
    }

    /** Those whose last message's time fulfils the condition. */
    List<ParticipantId> whose(Predicate<Instant> lastTime) {
        return recent.entrySet().stream()
                .filter(entry -> lastTime.test(entry.getValue().getLast()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Pace without(Predicate<Instant> lastTime) {
        return new Pace(recent.minusAll(whose(lastTime)));
    }
}
