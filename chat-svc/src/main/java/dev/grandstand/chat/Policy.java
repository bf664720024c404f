package dev.grandstand.chat;

import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What may be said: something, nothing endless, and not everything at once. Who is muted is room-svc's to say; whoever is
 * comes no further than signaling-svc.
 */
final class Policy {

    /** Longest message, in characters as people count them (Unicode code points). */
    static final int MAX_LENGTH = 500;

    private static final long MILLIS_PER_SECOND = 1_000;

    private Policy() {}

    /** Why a message may not be posted, in words for whoever wrote it; empty if it may. */
    static Optional<ChatEvent.CommandRefused> refusal(
            Chat chat, ChatCommand.PostMessage post, String text, Instant at) {
        if (text.isEmpty()) {
            return refused(ErrorCode.CHAT_REJECTED, "There is nothing in this message.");
        }
        var length = text.codePointCount(0, text.length());
        if (length > MAX_LENGTH) {
            return refused(
                    ErrorCode.CHAT_REJECTED,
                    "This message has " + length + " characters; at most " + MAX_LENGTH + " are possible.");
        }
        var isModerator = post.from().role() == Role.MODERATOR;
        var speaker = chat.speakers().find(post.from().id());
        if (speaker.isEmpty()) {
            return Optional.empty();
        }
        var wait =
                Duration.between(at, speaker.get().last().plus(chat.settings().slowMode()));
        if (!isModerator && !chat.settings().slowMode().isZero() && wait.isPositive()) {
            return refused(
                    ErrorCode.RATE_LIMITED, "Slow mode is on: you can write again in " + roundedUp(wait) + " seconds.");
        }
        if (speaker.get().isTooFast(at)) {
            return refused(
                    ErrorCode.RATE_LIMITED,
                    "Slow down a little: at most " + Speaker.MESSAGES + " messages a second are possible.");
        }
        return Optional.empty();
    }

    /** Why somebody may not keep order here; empty if they may. */
    static Optional<ChatEvent.CommandRefused> refusal(ChatCommand.Moderation command) {
        return command.by().role() == Role.MODERATOR
                ? Optional.empty()
                : refused(ErrorCode.FORBIDDEN, "Only moderators can do that.");
    }

    static Optional<ChatEvent.CommandRefused> refused(ErrorCode code, String message) {
        return Optional.of(new ChatEvent.CommandRefused(code.wire(), message));
    }

    private static long roundedUp(Duration wait) {
        return Math.max(1, (wait.toMillis() + MILLIS_PER_SECOND - 1) / MILLIS_PER_SECOND);
    }
}
