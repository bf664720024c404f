package dev.grandstand.signaling;

import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a newcomer is told of a room's chat: what chat-svc has read out to somebody ({@link ChatEvent.HistoryRead}), and every
 * event since, so that it need not be asked for each who comes in. A read costs 50 messages in a topic that every instance reads.
 *
 * @param messages the last ones, oldest first, at most {@value #MOST}
 * @param state how the chat stands; its cursor is that of the page before the oldest message
 */
record RecentChat(List<ChatMessage> messages, ChatState state) {

    /** Twice what is read at once; with more it is forgotten, and read again for the next who comes in. */
    static final int MOST = 100;

    /** As it stands right after the event. */
    static RecentChat of(ChatEvent.HistoryRead read) {
        return new RecentChat(read.messages(), read.state());
    }

    /** As it stands after the next event; empty if it has to be read again. */
    Optional<RecentChat> after(ChatEvent event) {
        return switch (event) {
            case ChatEvent.HistoryRead read -> Optional.of(of(read));
            case ChatEvent.MessagePosted posted -> plus(posted.message());
            case ChatEvent.MessageDeleted(var message, var by) -> Optional.of(without(message));
            case ChatEvent.MessagesCleared cleared ->
                Optional.of(new RecentChat(List.of(), standing(null, null, state.slowModeSeconds())));
            case ChatEvent.MessagePinned pinned -> Optional.of(pinning(pinned.message()));
            case ChatEvent.MessageUnpinned unpinned -> Optional.of(pinning(null));
            case ChatEvent.SlowModeChanged slow ->
                Optional.of(new RecentChat(messages, standing(state.before(), state.pinned(), slow.seconds())));
            case ChatEvent.ReactionsAdded added -> Optional.of(reached(added.totals()));
            case ChatEvent.HistoryCleared cleared -> Optional.empty();
            case ChatEvent.MessageRepeated repeated -> Optional.of(this);
            case ChatEvent.PageRead read -> Optional.of(this);
            case ChatEvent.CommandRefused refused -> Optional.of(this);
        };
    }

    private Optional<RecentChat> plus(ChatMessage message) {
        if (messages.size() >= MOST) {
            return Optional.empty();
        }
        var more = new ArrayList<ChatMessage>(messages.size() + 1);
        more.addAll(messages);
        more.add(message);
        return Optional.of(new RecentChat(List.copyOf(more), state));
    }

    private RecentChat without(MessageId message) {
        var pinned = state.pinned();
        return new RecentChat(
                messages.stream().filter(one -> !one.id().equals(message)).toList(),
                standing(
                        state.before(),
                        pinned != null && pinned.id().equals(message) ? null : pinned,
                        state.slowModeSeconds()));
    }

    private RecentChat pinning(@Nullable ChatMessage message) {
        return new RecentChat(messages, standing(state.before(), message, state.slowModeSeconds()));
    }

    private RecentChat reached(Map<Reaction, Long> totals) {
        return new RecentChat(messages, new ChatState(state.before(), state.pinned(), state.slowModeSeconds(), totals));
    }

    private ChatState standing(@Nullable Long before, @Nullable ChatMessage pinned, int slowModeSeconds) {
        return new ChatState(before, pinned, slowModeSeconds, state.reactions());
    }
}
