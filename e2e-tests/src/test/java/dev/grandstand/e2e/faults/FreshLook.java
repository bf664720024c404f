package dev.grandstand.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.e2e.RawSocket;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.client.ServerMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A room as somebody finds it who has just come, with everything that was ever said in it.
 *
 * @param others who else is there
 */
record FreshLook(ServerMessage.Joined joined, Set<ParticipantId> others, List<MessageId> chat) {

    /** Joins, reads the chat from its beginning, and leaves. */
    static FreshLook into(URI door, RoomId room) {
        try (var socket = new RawSocket(door)) {
            var joined = decoded(socket.join(room.value(), "Fresh"), ServerMessage.Joined.class);
            var others = joined.roster().stream()
                    .map(person -> person.id())
                    .filter(who -> !who.equals(joined.you().id()))
                    .collect(Collectors.toSet());
            var chat = new ArrayList<>(joined.chat());
            var state = joined.chatState();
            Long before = state == null ? null : state.before();
            for (int id = 2; before != null; id++) {
                before = page(socket, id, before, chat);
            }
            socket.send("{\"type\":\"leave\",\"id\":1000}").reply(1000);
            return new FreshLook(
                    joined, others, chat.stream().map(ChatMessage::id).toList());
        }
    }

    private static @Nullable Long page(RawSocket socket, int id, long before, List<ChatMessage> chat) {
        socket.send("{\"type\":\"chatHistory\",\"id\":%d,\"before\":%d}".formatted(id, before));
        var page = decoded(socket.reply(id), ServerMessage.ChatHistory.class);
        chat.addAll(0, page.messages());
        return page.before();
    }

    private static <T extends ServerMessage> T decoded(JsonNode tree, Class<T> type) {
        try {
            return type.cast(Json.decode(tree, ServerMessage.class));
        } catch (BadJson e) {
            throw new IllegalStateException("the server sent what cannot be read: " + tree, e);
        }
    }
}
