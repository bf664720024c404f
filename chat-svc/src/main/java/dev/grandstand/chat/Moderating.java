package dev.grandstand.chat;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.client.ErrorCode;
import java.util.Optional;
import java.util.function.Function;

/**
 * What moderators may do. A wish that is fulfilled already is fulfilled again: whoever did not hear the answer may ask once
 * more.
 */
final class Moderating {

    private Moderating() {}

    static Decision<ChatEvent> decide(Chat chat, ChatCommand.Moderation command) {
        var refusal = Policy.refusal(command);
        if (refusal.isPresent()) {
            return Decision.of(refusal.get());
        }
        var by = command.by().id();
        return switch (command) {
            case ChatCommand.DeleteMessage delete ->
                forMessage(chat, delete.message(), found -> new ChatEvent.MessageDeleted(found.id(), by));
            case ChatCommand.PinMessage pin ->
                forMessage(chat, pin.message(), found -> new ChatEvent.MessagePinned(found, by));
            case ChatCommand.ClearMessages clear -> Decision.of(new ChatEvent.MessagesCleared(by));
            case ChatCommand.UnpinMessage unpin -> Decision.of(new ChatEvent.MessageUnpinned(by));
            case ChatCommand.SetSlowMode slow -> slow(slow, by);
        };
    }

    private static Decision<ChatEvent> forMessage(
            Chat chat, MessageId message, Function<ChatMessage, ChatEvent> outcome) {
        return Decision.of(chat.history()
                .find(message)
                .or(() -> Optional.ofNullable(chat.settings().pinned())
                        .filter(pinned -> pinned.id().equals(message)))
                .map(outcome)
                .orElseGet(() -> new ChatEvent.CommandRefused(
                        ErrorCode.NOT_FOUND.wire(), "This message is not in the chat any more.")));
    }

    private static Decision<ChatEvent> slow(ChatCommand.SetSlowMode slow, ParticipantId by) {
        return slow.seconds() < 0 || slow.seconds() > Settings.SLOWEST.toSeconds()
                ? refused("Slow mode has 0 to " + Settings.SLOWEST.toSeconds() + " seconds.")
                : Decision.of(new ChatEvent.SlowModeChanged(slow.seconds(), by));
    }

    private static Decision<ChatEvent> refused(String message) {
        return Decision.of(new ChatEvent.CommandRefused(ErrorCode.REFUSED.wire(), message));
    }
}
