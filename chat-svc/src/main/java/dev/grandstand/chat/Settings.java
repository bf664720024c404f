package dev.grandstand.chat;

import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What moderators have set.
 *
 * @param slowMode what has to lie between two messages of one participant; zero is off
 * @param pinned the message that everybody should see
 * @param changed when one of the two was last set
 */
record Settings(Duration slowMode, @Nullable ChatMessage pinned, Instant changed) {

    /** Longer is no conversation. */
    static final Duration SLOWEST = Duration.ofMinutes(10);

    static final Settings NONE = new Settings(Duration.ZERO, null, Instant.EPOCH);

    boolean isEmpty() {
        return slowMode.isZero() && pinned == null;
    }

    Settings slowed(Duration slow, Instant at) {
        return settled(new Settings(slow, pinned, at));
    }

    Settings pinning(ChatMessage message, Instant at) {
        return new Settings(slowMode, message, at);
    }

    Settings pinningNone(Instant at) {
        return settled(new Settings(slowMode, null, at));
    }

    /** Nothing is pinned any more if it was this. */
    Settings without(MessageId message, Instant at) {
        return pinned != null && pinned.id().equals(message) ? pinningNone(at) : this;
    }

    /** What was set after the given time. */
    Settings after(Instant until) {
        return changed.isAfter(until) ? this : NONE;
    }

    /** Settings that say nothing are all the same: nothing has to be kept of them. */
    private static Settings settled(Settings settings) {
        return settings.isEmpty() ? NONE : settings;
    }
}
