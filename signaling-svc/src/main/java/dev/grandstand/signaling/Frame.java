package dev.grandstand.signaling;

import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.client.ServerMessage;

/**
 * A server message as it goes out: encoded once, however many sockets it goes to.
 *
 * @param text the JSON
 * @param droppable whether a client that is behind can do without it
 */
record Frame(String text, boolean droppable) {

    static Frame of(ServerMessage message) {
        return new Frame(Json.encodeToString(message), isDroppable(message));
    }

    private static boolean isDroppable(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Audience audience -> true;
            case ServerMessage.Chat chat -> true;
            case ServerMessage.Chats chats -> true;
            case ServerMessage.Reactions reactions -> true;
            case ServerMessage.ChatSent sent -> false;
            case ServerMessage.ChatHistory history -> false;
            case ServerMessage.MessageDeleted deleted -> false;
            case ServerMessage.ChatCleared cleared -> false;
            case ServerMessage.MessagePinned pinned -> false;
            case ServerMessage.MessageUnpinned unpinned -> false;
            case ServerMessage.SlowMode slow -> false;
            case ServerMessage.Joined joined -> false;
            case ServerMessage.Resume resume -> false;
            case ServerMessage.Ok ok -> false;
            case ServerMessage.ParticipantJoined joined -> false;
            case ServerMessage.ParticipantLeft left -> false;
            case ServerMessage.ParticipantRenamed renamed -> false;
            case ServerMessage.ParticipantDisconnected gone -> false;
            case ServerMessage.ParticipantResumed back -> false;
            case ServerMessage.ParticipantMuted muted -> false;
            case ServerMessage.HandRaised raised -> false;
            case ServerMessage.HandLowered lowered -> false;
            case ServerMessage.Invited invited -> false;
            case ServerMessage.SteppedDown down -> false;
            case ServerMessage.RoomLocked locked -> false;
            case ServerMessage.Notice notice -> false;
            case ServerMessage.Removed removed -> false;
            case ServerMessage.People people -> false;
            case ServerMessage.StreamMuted muted -> false;
            case ServerMessage.StreamStarted started -> false;
            case ServerMessage.StreamStopped stopped -> false;
            case ServerMessage.Answer answer -> false;
            case ServerMessage.Candidate candidate -> false;
            case ServerMessage.Seat seat -> false;
            case ServerMessage.Migrate move -> false;
            case ServerMessage.MediaLost lost -> false;
            case ServerMessage.Error error -> false;
            case ServerMessage.Pong pong -> false;
        };
    }
}
