package dev.grandstand.chat;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import java.time.Duration;
import java.time.Instant;

/**
 * The chat of one room, immutable: the fold of its events.
 *
 * @param room whose chat
 * @param history the last messages
 * @param pace who has posted lately
 */
record Chat(RoomId room, History history, Pace pace) {

    /**
     * A room's closing clears what was said until then, and a little beyond: clocks of instances differ. What was said
     * later belongs to the room that opened again under the same id, even if the closing comes to be told late.
     */
    static final Duration CLOCKS_DIFFER_BY = Duration.ofSeconds(2);

    /** Nothing has been said. */
    static Chat empty(RoomId room) {
        return new Chat(room, History.EMPTY, Pace.EMPTY);
    }

    boolean isEmpty() {
        return history.isEmpty() && pace.isEmpty();
    }

    /** What the command leads to here. */
    Decision<ChatEvent> decide(CommandRecord<ChatCommand> command) {
        return switch (command.command()) {
            case ChatCommand.PostMessage post -> post(post, command);
            case ChatCommand.ReadHistory read ->
                Decision.of(new ChatEvent.HistoryRead(read.participant(), history.oldestFirst()));
            case ChatCommand.ClearHistory clear -> Decision.of(new ChatEvent.HistoryCleared());
        };
    }

    /** The chat after the event. A history that was read and a command that was refused change nothing. */
    Chat evolve(EventRecord<ChatEvent> record) {
        return switch (record.event()) {
            case ChatEvent.MessagePosted posted -> {
                var message = posted.message();
                yield new Chat(
                        room,
                        history.with(message),
                        pace.posted(message.participant(), Instant.ofEpochMilli(message.at())));
            }
            case ChatEvent.HistoryCleared cleared -> {
                var until = record.at().plus(CLOCKS_DIFFER_BY);
                yield new Chat(room, history.after(until), pace.after(until));
            }
            case ChatEvent.HistoryRead read -> this;
            case ChatEvent.CommandRefused refused -> this;
        };
    }

    private Decision<ChatEvent> post(ChatCommand.PostMessage post, CommandRecord<ChatCommand> command) {
        var text = post.text().strip();
        var refusal = Policy.refusal(text, pace, post.participant(), command.at());
        if (refusal.isPresent()) {
            return Decision.of(refusal.get());
        }
        // The command's id is unique, and the same in a replay.
        var message = new ChatMessage(
                command.id().value(),
                post.participant(),
                post.name(),
                text,
                command.at().toEpochMilli());
        return Decision.of(new ChatEvent.MessagePosted(message));
    }
}
