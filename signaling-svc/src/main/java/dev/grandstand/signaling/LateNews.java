package dev.grandstand.signaling;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * News of a room that may wait a moment: who comes and goes, which is what most is said of, to most people, when many come and go.
 * It is gathered once for all of a room's members on an event loop, and written to each of them in one piece, because a system
 * call is most of what a frame costs. Whoever is told something else before that is first told what waits ({@link
 * Outbox}). Positions count frames since the room is followed. Lives on one event loop.
 */
final class LateNews {

    /** Nobody notices. */
    static final Duration WITHIN = Duration.ofMillis(200);

    /**
     * Bytes that are gathered at most, some 30 frames; then they leave. It does not grow: what is being written points into it.
     */
    private static final int CAPACITY = 4 << 10;

    private record Piece(Frame frame, int offset) {}

    private final Later later;
    private final Runnable hear;
    private final List<Piece> waiting = new ArrayList<>();
    private @Nullable ByteBuf bytes;
    private long end;
    private boolean expected;

    /** @param hear tells every member what waits */
    LateNews(Later later, Runnable hear) {
        this.later = later;
        this.hear = hear;
    }

    void add(Frame frame) {
        var wire = frame.wire();
        if (bytes != null && bytes.writableBytes() < wire.readableBytes()) {
            tell();
        }
        if (bytes == null) {
            bytes = ByteBufAllocator.DEFAULT.directBuffer(Math.max(CAPACITY, wire.readableBytes()));
        }
        waiting.add(new Piece(frame, bytes.readableBytes()));
        bytes.writeBytes(wire, wire.readerIndex(), wire.readableBytes());
        end++;
        if (!expected) {
            expected = true;
            later.in(WITHIN, () -> {
                expected = false;
                tell();
            });
        }
    }

    /** Where whoever has heard all stands. */
    long end() {
        return end;
    }

    /** All that waits and comes after a position, before the end; the caller has to release it. */
    ByteBuf bytesAfter(long position) {
        if (bytes == null || position == end) {
            return Unpooled.EMPTY_BUFFER;
        }
        int offset = waiting.get(index(position)).offset();
        return bytes.retainedSlice(offset, bytes.readableBytes() - offset);
    }

    /** The same, frame by frame. */
    List<Frame> framesAfter(long position) {
        return waiting.subList(index(position), waiting.size()).stream()
                .map(Piece::frame)
                .toList();
    }

    /** Who is not a member any more, because somebody else has taken the place, has missed what came since. */
    private int index(long position) {
        return (int) Math.max(0, position - (end - waiting.size()));
    }

    private void tell() {
        if (bytes == null) {
            return;
        }
        hear.run();
        waiting.clear();
        bytes.release();
        bytes = null;
    }
}
