package dev.grandstand.signaling;

import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.Reaction;
import dev.grandstand.protocol.client.ServerMessage;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The chat of a room as one event loop knows it: tells the room's sessions of it, and gathers their reactions. */
final class LocalChat {

    private final ChatFanout fanout;
    private final KnownNames names = new KnownNames();
    private final ReactionSum sent;
    private final ReactionSum told;
    private Map<Reaction, Long> totals = Map.of();
    private Optional<RecentChat> recent = Optional.empty();

    /**
     * @param room tells everybody who has the chat's history
     * @param isLarge whether the room is too large for a frame for each message
     * @param later brings turns and sums about
     * @param chatService takes what the room's sessions here have reacted
     */
    LocalChat(
            ChatFanout.Room room, BooleanSupplier isLarge, Later later, Consumer<Map<Reaction, Integer>> chatService) {
        fanout = new ChatFanout(room, isLarge, later, System::nanoTime);
        sent = new ReactionSum(later, chatService);
        told = new ReactionSum(later, counts -> room.tell(new ServerMessage.Reactions(counts, totals)));
    }

    KnownNames names() {
        return names;
    }

    /** What newcomers are told; empty while chat-svc has not read it out since anybody is in the room here, or not lately. */
    Optional<RecentChat> recent() {
        return recent;
    }

    /** A session of this room here reacts; it is told to chat-svc with all the others. */
    void react(Reaction reaction) {
        sent.add(Map.of(reaction, 1));
    }

    void apply(ChatEvent event) {
        recent = recent.flatMap(chat -> chat.after(event));
        switch (event) {
            case ChatEvent.MessagePosted posted -> {
                names.heard(posted.message().participant(), posted.message().name());
                fanout.say(posted.message());
            }
            case ChatEvent.MessageDeleted deleted -> fanout.tell(new ServerMessage.MessageDeleted(deleted.message()));
            case ChatEvent.MessagesCleared cleared -> fanout.tell(new ServerMessage.ChatCleared());
            case ChatEvent.MessagePinned pinned -> fanout.tell(new ServerMessage.MessagePinned(pinned.message()));
            case ChatEvent.MessageUnpinned unpinned -> fanout.tell(new ServerMessage.MessageUnpinned());
            case ChatEvent.SlowModeChanged slow -> fanout.tell(new ServerMessage.SlowMode(slow.seconds()));
            case ChatEvent.ReactionsAdded added -> {
                totals = added.totals();
                told.add(added.counts());
            }
            case ChatEvent.MessageRepeated repeated -> {}
            case ChatEvent.HistoryRead read -> recent = Optional.of(RecentChat.of(read));
            case ChatEvent.PageRead read -> {}
            case ChatEvent.HistoryCleared cleared -> {}
            case ChatEvent.CommandRefused refused -> {}
        }
    }
}
