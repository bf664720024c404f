package dev.grandstand.chat;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ClientMessageId;
import dev.grandstand.protocol.chat.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of somebody who posted lately.
 *
 * @param participant who
 * @param times of their last messages in the order they were accepted, at least one, at most {@link #MESSAGES}
 * @param accepted their last messages that a client had named, oldest first, at most {@link #REMEMBERED}
 */
record Speaker(ParticipantId participant, List<Instant> times, List<Accepted> accepted) {

    /** So many messages may be posted ... */
    static final int MESSAGES = 5;

    /** ... in so much time. */
    static final Duration PER = Duration.ofSeconds(1);

    /**
     * So many of one's messages are known again when they are sent once more. A client sends again what was not yet
     * acknowledged; no client needs to have more than this under way.
     */
    static final int REMEMBERED = 16;

    /** A client's name for a message, and its id. */
    record Accepted(ClientMessageId clientId, MessageId message) {}

    /** The newest by its time: clocks of the instances that a participant uses one after another differ. */
    Instant last() {
        return times.stream().max(Instant::compareTo).orElseThrow();
    }

    boolean isTooFast(Instant at) {
        return times.size() == MESSAGES && times.getFirst().isAfter(at.minus(PER));
    }

    Optional<MessageId> accepted(ClientMessageId clientId) {
        return accepted.stream()
                .filter(known -> known.clientId().equals(clientId))
                .map(Accepted::message)
                .findFirst();
    }

    Speaker posted(Instant at, @Nullable ClientMessageId clientId, MessageId message) {
        return new Speaker(
                participant,
                append(times, at, MESSAGES),
                clientId == null ? accepted : append(accepted, new Accepted(clientId, message), REMEMBERED));
    }

    private static <T> List<T> append(List<T> some, T one, int limit) {
        return Stream.concat(some.stream().skip(some.size() == limit ? 1 : 0), Stream.of(one))
                .toList();
    }
}
