package dev.grandstand.e2e.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * People who join at a steady rate, whether or not those before them are in yet, stay a while and leave. A join's time counts
 * from the moment at which it was due, so that whatever holds the server up is seen by everybody who comes meanwhile
 * (coordinated omission). Sockets stand before that moment and are used again after a leave: opening them is not measured.
 */
final class JoinStory implements Swarm.Story {

    private static final byte[] JOINED = "{\"type\":\"joined\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OK = "{\"type\":\"ok\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "{\"type\":\"error\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEAVE = "{\"type\":\"leave\",\"id\":2}".getBytes(StandardCharsets.US_ASCII);
    private static final int DIALLING_AT_ONCE = 100;
    /** The services have only just started: those who stay do not come all at once. */
    private static final int ENTERING_AT_ONCE = 10;

    private static final double NOT_MEASURED_SECONDS = 1;

    /**
     * What came of a rate.
     *
     * @param latencies of the joins that were due after the first second and answered
     * @param due how many joins were
     * @param answered how many were answered
     * @param failed how many were refused
     * @param without how many found no socket free, because too many joins or leaves were under way; they were not made
     */
    record Outcome(Histogram latencies, long due, long answered, long failed, long without) {

        /** Whether it went on as fast as they came. */
        boolean isComplete() {
            return failed == 0 && without == 0 && answered == due;
        }
    }

    /** A rate that is under way. */
    private static final class Run {
        private final double perSecond;
        private final long since;
        private final Histogram latencies = new Histogram();
        private long due;
        private long answered;
        private long failed;
        private long without;

        Run(double perSecond, long since) {
            this.perSecond = perSecond;
            this.since = since;
        }

        long dueAt(long number) {
            return since + (long) (number * TimeUnit.SECONDS.toNanos(1) / perSecond);
        }

        Outcome outcome() {
            return new Outcome(latencies, due, answered, failed, without);
        }
    }

    /** Who joined, when it was due, and when they leave. */
    private record Visit(Run run, long dueAt) {}

    private record Leaving(SwarmClient client, long at) {}

    private final int rooms;
    private final Duration stay;
    private final Deque<SwarmClient> free = new ArrayDeque<>();
    private final Deque<Leaving> inside = new ArrayDeque<>();
    private final AtomicReference<@Nullable Run> current = new AtomicReference<>();
    private @Nullable Swarm swarm;
    private int wanted;
    private int dialled;
    private volatile int open;
    private volatile int residents;
    private int nextRoom;

    /**
     * @param rooms that they spread over; each has somebody who stays, so that it does not open and close all the time
     * @param stay how long each is in a room
     */
    JoinStory(int rooms, Duration stay) {
        this.rooms = rooms;
        this.stay = stay;
    }

    Swarm at(int port) throws java.io.IOException {
        var started = Swarm.start(port, this);
        swarm = started;
        return started;
    }

    /** Opens so many sockets, and as many more as there are rooms; waits until they stand. */
    void dial(int sockets) throws InterruptedException {
        int all = sockets + rooms;
        running().run(() -> wanted = all);
        Waiting.until(
                all + " sockets stand",
                Duration.ofSeconds(60),
                () -> running().isWell() && open >= all && residents >= rooms);
    }

    /** So many joins a second for so long; waits for the last answer, but not for ever. */
    Outcome run(double perSecond, double seconds) throws Exception {
        return run(perSecond, seconds, () -> {});
    }

    /** @param over is done when no more joins come, before the last answers do */
    Outcome run(double perSecond, double seconds, Runnable over) throws Exception {
        var run = new Run(perSecond, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50));
        running().run(() -> current.set(run));
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1_000));
        running().run(() -> current.set(null));
        over.run();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        var outcome = snapshot(run);
        while (outcome.due() > outcome.answered() + outcome.failed() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
            outcome = snapshot(run);
        }
        return outcome;
    }

    private Outcome snapshot(Run run) throws Exception {
        var outcome = new CompletableFuture<Outcome>();
        running().run(() -> outcome.complete(run.outcome()));
        Waiting.until(
                "the clients answer", Duration.ofSeconds(20), () -> running().isWell() && outcome.isDone());
        return outcome.get();
    }

    private Swarm running() {
        if (swarm == null) {
            throw new IllegalStateException("nobody has gone anywhere");
        }
        return swarm;
    }

    @Override
    public void opened(SwarmClient client) {
        open++;
        if (client.number() < rooms) {
            client.say(join(client));
        } else {
            free.add(client);
        }
    }

    @Override
    public void heard(SwarmClient client, ByteBuffer text, long nanoTime) {
        if (Audience.begins(text, JOINED)) {
            if (client.role() instanceof Visit visit) {
                visit.run.answered++;
                if (visit.dueAt - visit.run.since >= NOT_MEASURED_SECONDS * TimeUnit.SECONDS.toNanos(1)) {
                    visit.run.latencies.add(nanoTime - visit.dueAt);
                }
                client.role(null);
                inside.add(new Leaving(client, nanoTime + stay.toNanos()));
            } else {
                residents++;
            }
        } else if (Audience.begins(text, OK)) {
            free.add(client);
        } else if (Audience.begins(text, ERROR)) {
            if (client.role() instanceof Visit visit) {
                visit.run.failed++;
                client.role(null);
                free.add(client);
            } else if (client.number() < rooms) {
                client.say(join(client));
            } else {
                free.add(client);
            }
        }
    }

    @Override
    public void closed(SwarmClient client) {
        throw new IllegalStateException("the server closed a socket");
    }

    @Override
    public void tick(long nanoTime) {
        for (; dialled < wanted && mayDial(); dialled++) {
            running().connect(dialled);
        }
        while (!inside.isEmpty() && inside.element().at <= nanoTime) {
            inside.remove().client.say(LEAVE);
        }
        var run = current.get();
        if (run == null) {
            return;
        }
        for (long at = run.dueAt(run.due + run.without); at <= nanoTime; at = run.dueAt(run.due + run.without)) {
            var client = free.poll();
            if (client == null) {
                run.without++;
            } else {
                run.due++;
                client.role(new Visit(run, at));
                client.say(join(client));
            }
        }
    }

    private boolean mayDial() {
        return dialled < rooms ? dialled - residents < ENTERING_AT_ONCE : dialled - open < DIALLING_AT_ONCE;
    }

    private byte[] join(SwarmClient client) {
        return ("{\"type\":\"join\",\"id\":1,\"room\":\"bench-" + nextRoom++ % rooms + "\",\"name\":\"Visitor "
                        + client.number() + "\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
