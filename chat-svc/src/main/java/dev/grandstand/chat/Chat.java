package dev.grandstand.chat;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.ChatState;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.client.ErrorCode;
import java.time.Duration;
import java.time.Instant;

/**
 * The chat of one room, immutable: the fold of its events. Everything in it has a bound, so that no room costs more than a
 * few megabytes however many write there: {@link History#SIZE}, {@link Speakers#MOST}.
 *
 * @param room whose chat
 * @param history the last messages
 * @param speakers who has posted lately
 * @param settings what moderators have set
 * @param tally how the audience reacted
 */
record Chat(RoomId room, History history, Speakers speakers, Settings settings, Tally tally) {

    /**
     * A room's closing clears what was said until then, and a little beyond: clocks of instances differ. What was said
     * later belongs to the room that opened again under the same id, even if the closing comes to be told late.
     */
    static final Duration CLOCKS_DIFFER_BY = Duration.ofSeconds(2);

    /** Nothing has been said. */
    static Chat empty(RoomId room) {
        return new Chat(room, History.EMPTY, Speakers.NONE, Settings.NONE, Tally.NONE);
    }

    boolean isEmpty() {
        return history.isEmpty() && speakers.isEmpty() && settings.isEmpty() && tally.isEmpty();
    }

    /** What the command leads to here. */
    Decision<ChatEvent> decide(CommandRecord<ChatCommand> command) {
        return switch (command.command()) {
            case ChatCommand.PostMessage post -> post(post, command);
            case ChatCommand.Moderation moderation -> Moderating.decide(this, moderation);
            case ChatCommand.AddReactions add -> react(add);
            case ChatCommand.ReadHistory read -> Decision.of(read(read));
            case ChatCommand.ReadPage read -> {
                var page = history.page(read.before());
                yield Decision.of(new ChatEvent.PageRead(read.participant(), page.messages(), page.before()));
            }
            case ChatCommand.ClearHistory clear -> Decision.of(new ChatEvent.HistoryCleared());
        };
    }

    /** The chat after the event. What is only told to somebody changes nothing. */
    Chat evolve(EventRecord<ChatEvent> record) {
        var at = record.at();
        return switch (record.event()) {
            case ChatEvent.MessagePosted posted ->
                with(history.with(posted.message()))
                        .with(speakers.posted(posted.message(), posted.clientId(), settings.slowMode()));
            case ChatEvent.MessageDeleted deleted ->
                with(history.without(deleted.message())).with(settings.without(deleted.message(), at));
            case ChatEvent.MessagesCleared cleared -> with(History.EMPTY).with(settings.pinningNone(at));
            case ChatEvent.MessagePinned pinned -> with(settings.pinning(pinned.message(), at));
            case ChatEvent.MessageUnpinned unpinned -> with(settings.pinningNone(at));
            case ChatEvent.SlowModeChanged slow -> with(settings.slowed(Duration.ofSeconds(slow.seconds()), at));
            case ChatEvent.ReactionsAdded added -> with(tally.reached(added.totals(), at));
            case ChatEvent.HistoryCleared cleared -> after(at.plus(CLOCKS_DIFFER_BY));
            case ChatEvent.MessageRepeated repeated -> this;
            case ChatEvent.HistoryRead read -> this;
            case ChatEvent.PageRead read -> this;
            case ChatEvent.CommandRefused refused -> this;
        };
    }

    private Decision<ChatEvent> post(ChatCommand.PostMessage post, CommandRecord<ChatCommand> command) {
        var from = post.from();
        var clientId = post.clientId();
        var known = clientId == null ? null : speakers.find(from.id()).flatMap(speaker -> speaker.accepted(clientId));
        if (known != null && known.isPresent()) {
            // Accepted once, it stays accepted, whatever has been forbidden since.
            return Decision.of(new ChatEvent.MessageRepeated(known.get()));
        }
        var text = post.text().strip();
        var refusal = Policy.refusal(this, post, text, command.at());
        if (refusal.isPresent()) {
            return Decision.of(refusal.get());
        }
        var message = new ChatMessage(
                // The command's id is unique, and the same in a replay.
                new MessageId(command.id().value()),
                from.id(),
                from.name(),
                text,
                command.at().toEpochMilli(),
                post.mentions().stream()
                        .distinct()
                        .limit(ChatMessage.MAX_MENTIONS)
                        .toList());
        return Decision.of(new ChatEvent.MessagePosted(message, clientId));
    }

    private Decision<ChatEvent> react(ChatCommand.AddReactions add) {
        return Tally.isPlausible(add.counts())
                ? Decision.of(new ChatEvent.ReactionsAdded(add.counts(), tally.plus(add.counts())))
                : Decision.of(new ChatEvent.CommandRefused(
                        ErrorCode.CHAT_REJECTED.wire(), "Reactions are counted from one."));
    }

    private ChatEvent.HistoryRead read(ChatCommand.ReadHistory read) {
        var page = history.lastPage();
        var state = new ChatState(
                page.before(), settings.pinned(), (int) settings.slowMode().toSeconds(), tally.totals());
        return new ChatEvent.HistoryRead(read.participant(), page.messages(), state);
    }

    private Chat after(Instant until) {
        return new Chat(room, history.after(until), speakers.after(until), settings.after(until), tally.after(until));
    }

    private Chat with(History newHistory) {
        return new Chat(room, newHistory, speakers, settings, tally);
    }

    private Chat with(Speakers newSpeakers) {
        return new Chat(room, history, newSpeakers, settings, tally);
    }

    private Chat with(Settings newSettings) {
        return new Chat(room, history, speakers, newSettings, tally);
    }

    private Chat with(Tally newTally) {
        return new Chat(room, history, speakers, settings, newTally);
    }
}
