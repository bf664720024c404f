package dev.grandstand.chat;

import dev.grandstand.eventlog.streams.Decider;
import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;

/** {@link Chat} in the form that the stream processor runs. */
final class ChatDecider implements Decider<ChatCommand, ChatEvent, Chat> {

    @Override
    public Chat initial(RoomId room) {
        return Chat.empty(room);
    }

    @Override
    public boolean isInitial(Chat chat) {
        return chat.isEmpty();
    }

    @Override
    public Decision<ChatEvent> decide(Chat chat, CommandRecord<ChatCommand> command) {
        return chat.decide(command);
    }

    @Override
    public Chat evolve(Chat chat, EventRecord<ChatEvent> record) {
        return chat.evolve(record);
    }
}
