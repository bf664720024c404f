package dev.grandstand.e2e.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** People who come in, some into each room, stay, and say something at a given pace, one after another. */
final class Audience implements Swarm.Story {

    /** More at once would only queue. */
    private static final int ARRIVING_AT_ONCE = 100;

    private static final byte[] JOINED = "{\"type\":\"joined\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHAT = "{\"type\":\"chat".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "{\"type\":\"error\"".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable IntFunction<String> join;
    private final int speakers;
    private final Deliveries deliveries = new Deliveries();
    private final List<SwarmClient> present = new ArrayList<>();
    private @Nullable Swarm swarm;
    private int wanted;
    private int dialled;
    private volatile int arrived;
    private volatile int lost;
    private volatile int retries;
    private double perSecond;
    private long paceSince;
    private long said;
    private int turn;

    /**
     * @param join what the client of a number says to come in; null if opening the socket is enough
     * @param speakers how many of them take turns at saying something
     */
    Audience(@Nullable IntFunction<String> join, int speakers) {
        this.join = join;
        this.speakers = speakers;
    }

    /** Connects to a server. */
    Swarm at(int port) throws java.io.IOException {
        var started = Swarm.start(port, this);
        swarm = started;
        return started;
    }

    /** Waits until so many people are in. */
    void gather(int people, Duration limit) throws InterruptedException {
        running().run(() -> wanted = people);
        Waiting.until(people + " people are in", limit, () -> running().isWell() && arrived >= people);
    }

    int lost() {
        return lost;
    }

    /** Requests that were refused, or not answered in time. */
    int retries() {
        return retries;
    }

    /** From now on so many messages a second are said. */
    void pace(double messagesPerSecond) {
        running().run(() -> {
            perSecond = messagesPerSecond;
            paceSince = System.nanoTime();
            said = 0;
        });
    }

    Deliveries.Count take() throws Exception {
        var count = new CompletableFuture<Deliveries.Count>();
        running().run(() -> count.complete(deliveries.take()));
        Waiting.until(
                "the clients answer", Duration.ofSeconds(20), () -> running().isWell() && count.isDone());
        return count.get();
    }

    private Swarm running() {
        if (swarm == null) {
            throw new IllegalStateException("nobody has gone anywhere");
        }
        return swarm;
    }

    @Override
    public void opened(SwarmClient client) {
        if (join == null) {
            isIn(client);
        } else {
            client.say(join.apply(client.number()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void isIn(SwarmClient client) {
        present.add(client);
        arrived = present.size();
    }

    @Override
    public void heard(SwarmClient client, ByteBuffer text, long nanoTime) {
        if (begins(text, CHAT)) {
            // Not what says that one's own message was accepted.
            if (text.get(text.position() + CHAT.length) != 'S') {
                deliveries.arrived(text, nanoTime);
            }
        } else if (begins(text, JOINED)) {
            isIn(client);
        } else if (begins(text, ERROR)) {
            tryAgain(client, StandardCharsets.UTF_8.decode(text).toString());
        }
    }

    /**
     * As every client would whose join was not answered in time. A speaker may be told to slow down when the swarm was held up
     * and says at once what was due meanwhile.
     */
    private void tryAgain(SwarmClient client, String error) {
        if (!error.contains("\"unavailable\"") && !error.contains("\"rate-limited\"")) {
            throw new IllegalStateException(error);
        }
        retries++;
        if (join != null && !present.contains(client)) {
            client.say(join.apply(client.number()).getBytes(StandardCharsets.UTF_8));
        }
    }

    static boolean begins(ByteBuffer text, byte[] with) {
        if (text.remaining() < with.length) {
            return false;
        }
        // The type tells itself by its first letters, from the end on.
        for (int i = with.length - 1; i >= 0; i--) {
            if (text.get(text.position() + i) != with[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void closed(SwarmClient client) {
        lost++;
    }

    @Override
    public void tick(long nanoTime) {
        for (; dialled < wanted && dialled - arrived < ARRIVING_AT_ONCE; dialled++) {
            running().connect(dialled);
        }
        if (perSecond == 0 || present.isEmpty()) {
            return;
        }
        double interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        for (long due = paceSince + (long) (said * interval); due <= nanoTime; due += (long) interval) {
            said++;
            say(due);
        }
    }

    /** With an id like a server's own, so that a server that only passes it on sends as much. */
    private void say(long nanoTime) {
        int speaker = turn++ % Math.min(speakers, present.size());
        var text = join == null
                ? String.format(
                        "{\"type\":\"chat\",\"message\":{\"id\":\"%016x\",\"participant\":\"bench-participant\","
                                + "\"name\":\"Somebody\",\"text\":\"%s\",\"at\":1795171645673}}",
                        nanoTime, Deliveries.text(nanoTime))
                : "{\"type\":\"chat\",\"text\":\"" + Deliveries.text(nanoTime) + "\"}";
        present.get(speaker).say(text.getBytes(StandardCharsets.UTF_8));
    }
}
