package dev.grandstand.signaling;

import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.client.ServerMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A server message as it goes out, a WebSocket text frame (RFC 6455 section 5.2): encoded once, however many sockets it goes
 * to, because a server masks nothing.
 *
 * @param wire the frame with its header; nobody has to release it
 * @param droppable whether a client that is behind can do without it
 */
record Frame(ByteBuf wire, boolean droppable) {

    private static final int FINAL_TEXT = 0x81;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;
    private static final int MOST_IN_TWO_BYTES = 0xffff;
    private static final int LONGEST_HEADER = 2 + Long.BYTES;

    static Frame of(ServerMessage message) {
        // Half a character, in an error that repeats what a client sent, becomes a question mark.
        var text = Json.encodeToString(message).getBytes(StandardCharsets.UTF_8);
        var wire = Unpooled.buffer(LONGEST_HEADER + text.length).writeByte(FINAL_TEXT);
        if (text.length < TWO_BYTES_FOLLOW) {
            wire.writeByte(text.length);
        } else if (text.length <= MOST_IN_TWO_BYTES) {
            wire.writeByte(TWO_BYTES_FOLLOW).writeShort(text.length);
        } else {
            wire.writeByte(EIGHT_BYTES_FOLLOW).writeLong(text.length);
        }
        return new Frame(Unpooled.unreleasableBuffer(wire.writeBytes(text)), isDroppable(message));
    }

    /** The JSON. */
    String text() {
        int header =
                switch (wire.getByte(1)) {
                    case TWO_BYTES_FOLLOW -> 2 + Short.BYTES;
                    case EIGHT_BYTES_FOLLOW -> LONGEST_HEADER;
                    default -> 2;
                };
        return wire.toString(header, wire.readableBytes() - header, StandardCharsets.UTF_8);
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
