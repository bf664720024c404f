package dev.grandstand.signaling;

import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.client.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Chat messages on their way to a room's sockets. A small room gets each at once. A large one is in shares ({@link Members})
 * that take turns: at its turn a share gets everything that was said since its last one, as one frame, encoded once. However
 * much is said, a socket is written to at most 20 times a second, and nobody waits longer than a round. By what it costs to
 * say one thing to everybody, everything is said. What never waits longer is memory: a full frame goes out at once.
 *
 * <p>Taking turns spreads the writing. All sockets at once would keep the event loop for a tenth of a second, and with it
 * every message said meanwhile, which would wait for that writing, for its own tick, and for its own writing.
 *
 * <p>Where it takes long to write to everybody rounds are longer, so that the event loop has two thirds of its time for
 * everything else; the longest keeps what is said within a quarter of a second, and leaves a third.
 *
 * <p>Order is kept: whatever else is told of the chat goes out behind the messages before it.
 */
final class ChatFanout {

    /** The shortest round. Nobody notices; what is said in it shares a frame. */
    static final Duration ROUND = Duration.ofMillis(50);

    /** The longest round. */
    static final Duration LONG_ROUND = Duration.ofMillis(120);

    /** A round is so many times as long as its frames took to write. */
    static final int ROUND_PER_WRITING = 3;

    /** So many messages make a frame full. */
    static final int FULL = 100;

    /** The sockets. */
    interface Room {

        /** Tells everybody. */
        void tell(ServerMessage news);

        /** Tells those of one share. */
        void tell(int share, ServerMessage news);
    }

    private final Room room;
    private final BooleanSupplier isLarge;
    private final Later later;
    private final LongSupplier nanoClock;
    private final List<List<ChatMessage>> waiting = Stream.<List<ChatMessage>>generate(ArrayList::new)
            .limit(Members.SHARES)
            .toList();
    private final long[] writing = new long[Members.SHARES];
    private boolean turning;
    private int turn;
    private long due;

    /**
     * @param room the sockets
     * @param isLarge whether the room is too large for a frame for each message
     * @param later brings the next turn
     * @param nanoClock tells how long writing takes
     */
    ChatFanout(Room room, BooleanSupplier isLarge, Later later, LongSupplier nanoClock) {
        this.room = room;
        this.isLarge = isLarge;
        this.later = later;
        this.nanoClock = nanoClock;
    }

    void say(ChatMessage message) {
        if (!isLarge.getAsBoolean() && isQuiet()) {
            room.tell(new ServerMessage.Chat(message));
            return;
        }
        for (int share = 0; share < Members.SHARES; share++) {
            waiting.get(share).add(message);
            if (waiting.get(share).size() >= FULL) {
                flush(share);
            }
        }
        if (!turning && !isQuiet()) {
            turning = true;
            due = nanoClock.getAsLong();
            next(0);
        }
    }

    /** Other news of the chat. */
    void tell(ServerMessage news) {
        for (int share = 0; share < Members.SHARES; share++) {
            flush(share);
        }
        room.tell(news);
    }

    private boolean isQuiet() {
        return waiting.stream().allMatch(List::isEmpty);
    }

    private void turn() {
        long wrote = flush(turn);
        turn = (turn + 1) % Members.SHARES;
        if (isQuiet()) {
            turning = false;
        } else {
            next(wrote / 2);
        }
    }

    /** By the clock, so that the time for writing does not make the round longer; but never without a pause. */
    private void next(long leastPause) {
        long now = nanoClock.getAsLong();
        due = Math.max(due + round() / Members.SHARES, now + leastPause);
        later.in(Duration.ofNanos(due - now), this::turn);
    }

    private long round() {
        long wanted = Arrays.stream(writing).sum() * ROUND_PER_WRITING;
        return Math.clamp(wanted, ROUND.toNanos(), LONG_ROUND.toNanos());
    }

    /** Returns for how long it wrote, in nanoseconds. */
    private long flush(int share) {
        var messages = waiting.get(share);
        if (messages.isEmpty()) {
            return 0;
        }
        long began = nanoClock.getAsLong();
        room.tell(share, new ServerMessage.Chats(messages));
        messages.clear();
        writing[share] = nanoClock.getAsLong() - began;
        return writing[share];
    }
}
