package dev.grandstand.signaling;

import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.client.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Chat messages on their way to a room's sockets. A small room gets each at once. In a large one the first message starts a
 * tick, and all that come until its end go out as one frame, encoded once: however much is said, a socket is written to 20
 * times a second, and by what it costs to say one thing to everybody, everything is said. What never waits longer is memory:
 * a full frame goes out at once.
 *
 * <p>Where it takes long to write to everybody the ticks are longer, so that the event loop has two thirds of its time for
 * everything else; the longest keeps what is said within a quarter of a second.
 *
 * <p>Order is kept: whatever else is told of the chat goes out behind the messages before it.
 */
final class ChatFanout {

    /** Nobody notices; what is said in it shares a frame. */
    static final Duration TICK = Duration.ofMillis(50);

    /** The longest tick. */
    static final Duration LONG_TICK = Duration.ofMillis(150);

    /** A tick is so many times as long as the last frame took to write. */
    static final int TICK_PER_WRITING = 3;

    /** So many messages make a frame full. */
    static final int FULL = 100;

    private final Consumer<ServerMessage> room;
    private final BooleanSupplier isLarge;
    private final Later later;
    private final LongSupplier nanoClock;
    private final List<ChatMessage> waiting = new ArrayList<>();
    private Duration tick = TICK;
    private boolean ticking;

    /**
     * @param room tells everybody
     * @param isLarge whether the room is too large for a frame for each message
     * @param later ends the tick
     * @param nanoClock tells how long writing takes
     */
    ChatFanout(Consumer<ServerMessage> room, BooleanSupplier isLarge, Later later, LongSupplier nanoClock) {
        this.room = room;
        this.isLarge = isLarge;
        this.later = later;
        this.nanoClock = nanoClock;
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
            later.in(tick, this::tick);
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
            var began = nanoClock.getAsLong();
            room.accept(new ServerMessage.Chats(waiting));
            waiting.clear();
            tick = tickAfter(Duration.ofNanos(nanoClock.getAsLong() - began));
        }
    }

    private static Duration tickAfter(Duration writing) {
        var wanted = writing.multipliedBy(TICK_PER_WRITING);
        if (wanted.compareTo(TICK) < 0) {
            return TICK;
        }
        return wanted.compareTo(LONG_TICK) > 0 ? LONG_TICK : wanted;
    }
}
