package dev.grandstand.webrtc.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that reads sockets, runs tasks and fires timers. All state of the transports and of the media plane belongs
 * to this thread, so that nothing on the path of a packet is locked or handed over.
 */
public final class MediaLoop implements Executor, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MediaLoop.class);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int TASK_LIMIT = 65_536;
    private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

    /** A timer that has not fired yet. */
    public static final class Timer implements Comparable<Timer> {
        private final long due;
        private final Runnable task;
        private boolean cancelled;

        private Timer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        /** Keeps the timer from firing; loop thread only. */
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Timer other) {
            return Long.compare(due - other.due, 0);
        }
    }

    /** Called when a socket has something to read. */
    interface ReadHandler {
        void readable();
    }

    private final Selector selector;
    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(TASK_LIMIT);
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private long now = System.nanoTime();

    /**
     * Starts the loop.
     *
     * @throws UncheckedIOException if the operating system gives no selector
     */
    public MediaLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform()
                .name("media-loop-" + NUMBER.incrementAndGet())
                .daemon(true)
                .unstarted(this::run);
        thread.start();
    }

    /** Whether the caller is the loop thread. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** Monotonic time of the current turn of the loop, in nanoseconds; loop thread only. */
    public long now() {
        return now;
    }

    /**
     * Runs a task on the loop thread, after those given before.
     *
     * @throws RejectedExecutionException if the loop is closed or 65,536 tasks are waiting
     */
    @Override
    public void execute(Runnable task) {
        if (closed || !tasks.offer(task)) {
            throw new RejectedExecutionException(closed ? "media loop is closed" : "media loop is overloaded");
        }
        wakeUp();
    }

    /** Runs the task at once when called on the loop thread, otherwise like {@link #execute}. */
    public void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /**
     * Runs something on the loop thread and waits for its result, at most ten seconds.
     *
     * @throws RejectedExecutionException if the loop is closed, overloaded or stuck
     */
    public <T extends @Nullable Object> T call(Callable<T> task) {
        if (inLoop()) {
            return completed(task).join();
        }
        var result = new CompletableFuture<T>();
        execute(() -> completed(task).whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        try {
            return result.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("interrupted while waiting for the media loop", e);
        } catch (TimeoutException e) {
            throw new RejectedExecutionException("media loop did not answer within " + CALL_LIMIT, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static <T extends @Nullable Object> CompletableFuture<T> completed(Callable<T> task) {
        try {
            return CompletableFuture.completedFuture(task.call());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Fires once after the delay; loop thread only. */
    public Timer schedule(Duration delay, Runnable task) {
        var timer = new Timer(System.nanoTime() + delay.toNanos(), task);
        timers.add(timer);
        return timer;
    }

    void register(DatagramChannel channel, ReadHandler handler) throws IOException {
        channel.configureBlocking(false);
        selector.wakeup();
        channel.register(selector, SelectionKey.OP_READ, handler);
    }

    private void wakeUp() {
        if (!inLoop() && wakeUpPending.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (IOException e) {
                log.atError().setCause(e).log("media loop lost its selector");
                closed = true;
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("media loop task failed");
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            log.atWarn().setCause(e).log("selector did not close");
        }
        tasks.clear();
    }

    private void turn() throws IOException {
        long wait = timeToNextTimer();
        if (wait > 0 && tasks.isEmpty()) {
            // Rounded up: a select that returns a fraction of a millisecond early would spin until the timer is due.
            selector.select(Math.max(1, (wait + 999_999) / 1_000_000));
        } else {
            selector.selectNow();
        }
        wakeUpPending.set(false);
        now = System.nanoTime();
        var keys = selector.selectedKeys();
        if (!keys.isEmpty()) {
            for (SelectionKey key : keys) {
                if (key.isValid() && key.attachment() instanceof ReadHandler handler) {
                    guarded(handler::readable);
                }
            }
            keys.clear();
        }
        for (int i = tasks.size(); i > 0; i--) {
            Runnable task = tasks.poll();
            if (task != null) {
                guarded(task);
            }
        }
        now = System.nanoTime();
        for (Timer next = timers.peek(); next != null && next.due - now <= 0; next = timers.peek()) {
            timers.poll();
            if (!next.cancelled) {
                guarded(next.task);
            }
        }
    }

    private long timeToNextTimer() {
        Timer next = timers.peek();
        while (next != null && next.cancelled) {
            timers.poll();
            next = timers.peek();
        }
        return next == null ? 1_000_000_000L : Math.min(1_000_000_000L, next.due - System.nanoTime());
    }

    /** One endpoint's bug must not stop everybody else's media. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("media loop task failed");
        }
    }

    /** Ends the thread; tasks that wait are dropped. Waits for the thread, at most two seconds. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        if (inLoop()) {
            return;
        }
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                log.atWarn().log("media loop did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
