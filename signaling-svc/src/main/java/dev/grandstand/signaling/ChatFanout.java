package dev.grandstand.signaling;

import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.client.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Chat messages on their way to a room's sockets. A small room gets each at once. In a large one the first message starts a
 * tick, and all that come until its end go out as one frame, encoded once: however much is said, a socket is written to 20
 * times a second, and by what it costs to say one thing to everybody, everything is said. What never waits longer is memory:
 * a full frame goes out at once.
 *
 * <p>Order is kept: whatever else is told of the chat goes out behind the messages before it.
 */
final class ChatFanout {

    /** Nobody notices; what is said in it shares a frame. */
    static final Duration TICK = Duration.ofMillis(50);

    /** So many messages make a frame full. */
    static final int FULL = 100;

    private final Consumer<ServerMessage> room;
    private final BooleanSupplier isLarge;
    private final Later later;
    private final List<ChatMessage> waiting = new ArrayList<>();
    private boolean ticking;

    /**
     * @param room tells everybody
     * @param isLarge whether the room is too large for a frame for each message
     * @param later ends the tick
     */
    ChatFanout(Consumer<ServerMessage> room, BooleanSupplier isLarge, Later later) {
        this.room = room;
        this.isLarge = isLarge;
        this.later = later;
    }

    void say(ChatMessage message) {
        if (!isLarge.getAsBoolean() && waiting.isEmpty()) {
            room.accept(new ServerMessage.Chat(message));
            return;
        }
        waiting.add(message);
        if (waiting.size() >= FULL) {
            flush();
        } else if (!ticking) {
            ticking = true;
            later.in(TICK, this::tick);
        }
    }

    /** Other news of the chat. */
    void tell(ServerMessage news) {
        flush();
        room.accept(news);
    }

    private void tick() {
        ticking = false;
        flush();
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            room.accept(new ServerMessage.Chats(waiting));
            waiting.clear();
        }
    }
}
