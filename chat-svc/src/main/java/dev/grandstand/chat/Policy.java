package dev.grandstand.chat;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/** What may be said: something, nothing endless, and not everything at once. */
final class Policy {

    /** Longest message, in characters as people count them (Unicode code points). */
    static final int MAX_LENGTH = 500;

    private Policy() {}

    /** Why a message may not be posted, in words for whoever wrote it; empty if it may. */
    static Optional<ChatEvent.CommandRefused> refusal(String text, Pace pace, ParticipantId who, Instant at) {
        if (text.isEmpty()) {
            return refused(ErrorCode.CHAT_REJECTED, "There is nothing in this message.");
        }
        var length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            return refused(
                    ErrorCode.CHAT_REJECTED,
                    "This message has " + length + " characters; at most " + MAX_LENGTH + " are possible.");
        }
        if (pace.isTooFast(who, at)) {
            return refused(
                    ErrorCode.RATE_LIMITED,
                    "Slow down a little: at most " + Pace.MESSAGES + " messages a second are possible.");
        }
        return Optional.empty();
    }

    private static Optional<ChatEvent.CommandRefused> refused(ErrorCode code, String message) {
        return Optional.of(new ChatEvent.CommandRefused(code.wire(), message));
    }
}
