package dev.grandstand.loadagent;

import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the first frame of each stream took, as a page measures it: from asking for the stream with a seat, over all attempts,
 * and told once, however often the stream is asked for again later. Thread-safe.
 */
final class FirstFrames {

    private final Map<StreamId, Long> asked = new HashMap<>();
    private final Set<StreamId> shown = new HashSet<>();
    private boolean visitTold;

    /**
     * What is to be told.
     *
     * @param join with the first of a visit
     */
    record Report(StreamId stream, Duration view, @Nullable Duration join) {

        ClientMessage message(long id) {
            return new ClientMessage.FirstFrame(id, stream, millis(view), join == null ? null : millis(join));
        }

        private static long millis(Duration time) {
            return Math.clamp(time.toMillis(), 0, ClientMessage.FirstFrame.MAX_MS);
        }
    }

    /** @param nanos of {@link System#nanoTime} */
    synchronized void asked(StreamId stream, long nanos) {
        asked.putIfAbsent(stream, nanos);
    }

    /** There was no seat: how long people wait for one is told by the queue. */
    synchronized void queued(StreamId stream) {
        asked.remove(stream);
    }

    /** The stream is over. */
    synchronized void forget(StreamId stream) {
        asked.remove(stream);
        shown.remove(stream);
    }

    /**
     * A picture of the stream can be shown.
     *
     * @param nanos of {@link System#nanoTime}
     * @param join from wanting to enter the room to being in it
     * @return empty unless it is the first one
     */
    synchronized Optional<Report> shown(StreamId stream, long nanos, Duration join) {
        var since = asked.get(stream);
        if (since == null || !shown.add(stream)) {
            return Optional.empty();
        }
        var report = new Report(stream, Duration.ofNanos(nanos - since), visitTold ? null : join);
        visitTold = true;
        return Optional.of(report);
    }
}
