package dev.grandstand.signaling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sockets that were given news which may wait a moment: what comes until then leaves in the same system call, which is most
 * of what a frame costs. In a room of fifty into which ten people a second come, and as many leave, it is four frames a call.
 * Lives on one event loop.
 */
final class LateFlush {

    /** Nobody notices. */
    static final Duration WITHIN = Duration.ofMillis(200);

    /** So many in one go; then the event loop looks for other work. */
    static final int AT_ONCE = 500;

    private final Later later;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    LateFlush(Later later) {
        this.later = later;
    }

    /** @param flush is called once, soon; whoever says so before that need not say it again */
    void expect(Runnable flush) {
        if (waiting.isEmpty()) {
            later.in(WITHIN, this::flush);
        }
        waiting.add(flush);
    }

    private void flush() {
        for (int i = 0; i < AT_ONCE && !waiting.isEmpty(); i++) {
            waiting.remove().run();
        }
        if (!waiting.isEmpty()) {
            later.in(Duration.ZERO, this::flush);
        }
    }
}
