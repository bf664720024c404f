package dev.grandstand.loadagent;

import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.client.StreamInfo;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who watches a room without a browser: joins, views every stream that is there or comes (or one of them only), and counts what
 * arrives. Made by {@link LoadAgent#view}.
 */
public final class Viewer {

    private static final Logger LOG = LoggerFactory.getLogger(Viewer.class);

    /** Longer than any repair takes, and not for ever. */
    private static final int ATTEMPTS = 20;

    /** After the first failure; after each further one as much longer, up to {@link #LONGEST_PAUSE_MILLIS}. */
    private static final long AGAIN_MILLIS = 500;

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final LoadAgent agent;
    private final Ticket ticket;
    private final @Nullable StreamId only;
    private final long began = System.nanoTime();
    private final Set<StreamId> onAir = ConcurrentHashMap.newKeySet();
    private final Map<StreamId, Watch> watches = new ConcurrentHashMap<>();
    private final Map<StreamId, Watch> moving = new ConcurrentHashMap<>();
    private final Map<StreamId, Integer> attempts = new ConcurrentHashMap<>();
    private final Set<StreamId> withoutSeat = ConcurrentHashMap.newKeySet();
    private final Map<StreamId, Long> lastDecoded = new ConcurrentHashMap<>();
    private final FirstFrames firstFrames = new FirstFrames();
    private final AtomicInteger failures = new AtomicInteger();
    /** Of streams that are no longer watched; the media loop's. */
    private final Tally past = new Tally();

    private volatile long opened;
    private volatile long joined;
    private volatile @Nullable Watch first;
    private volatile @Nullable SignalingClient signaling;
    private volatile boolean closed;

    private Viewer(LoadAgent agent, Ticket ticket, @Nullable StreamId only) {
        this.agent = agent;
        this.ticket = ticket;
        this.only = only;
    }

    static Future<Viewer> open(LoadAgent agent, Ticket ticket, @Nullable StreamId only) {
        var viewer = new Viewer(agent, ticket, only);
        return SignalingClient.open(agent.vertx(), agent.sockets(), ticket.url(), viewer::news)
                .compose(client -> viewer.join(client))
                .map(viewer);
    }

    private Future<?> join(SignalingClient client) {
        opened = System.nanoTime();
        signaling = client;
        client.closed().onComplete(gone -> onSocketClosed());
        return client.request(id -> new ClientMessage.Join(
                        id, ticket.room(), ticket.name(), null, null, Role.VIEWER, ticket.token(), null))
                .onSuccess(this::entered)
                .onFailure(e -> client.close());
    }

    private void entered(ServerMessage reply) {
        joined = System.nanoTime();
        if (reply instanceof ServerMessage.Joined here) {
            here.streams().stream().map(StreamInfo::id).forEach(this::started);
        }
    }

    /** Of all that a room tells, a viewer that nobody looks at needs what concerns its media. */
    private void news(ServerMessage message) {
        if (message instanceof ServerMessage.StreamStarted started) {
            started(started.stream().id());
        } else if (message instanceof ServerMessage.StreamStopped stopped) {
            onAir.remove(stopped.stream());
            unwatch(stopped.stream());
            firstFrames.forget(stopped.stream());
        } else if (message instanceof ServerMessage.Candidate candidate) {
            var watch = moving.getOrDefault(candidate.stream(), watches.get(candidate.stream()));
            if (watch != null) {
                watch.addCandidate(candidate.candidate());
            }
        } else if (message instanceof ServerMessage.Migrate migrate) {
            move(migrate.stream());
        } else if (message instanceof ServerMessage.MediaLost lost) {
            watchAnew(lost.stream());
        } else if (message instanceof ServerMessage.Seat seat && seat.state() == ServerMessage.SeatState.GRANTED) {
            List.copyOf(withoutSeat).forEach(this::watch);
        } else if (message instanceof ServerMessage.Error error) {
            failed(error.message(), null);
        }
    }

    private void started(StreamId stream) {
        if (only == null || only.equals(stream)) {
            onAir.add(stream);
            watch(stream);
        }
    }

    private void watch(StreamId stream) {
        var client = signaling;
        if (client == null || closed || !onAir.contains(stream)) {
            return;
        }
        withoutSeat.remove(stream);
        firstFrames.asked(stream, System.nanoTime());
        agent.vertx()
                .executeBlocking(() -> connection(stream), false)
                .compose(watch -> begin(watch, stream, client))
                .onFailure(e -> notWatched(stream, e));
    }

    /** In the queue there is nothing to do but to wait for the seat; for anything else there is another time. */
    private void notWatched(StreamId stream, Throwable e) {
        unwatch(stream);
        if (e instanceof Refused refused && refused.code() == ErrorCode.NO_SEAT) {
            firstFrames.queued(stream);
            withoutSeat.add(stream);
            return;
        }
        failed("not watched", e);
        again(stream, () -> watch(stream));
    }

    /** A little later, and not for ever. */
    private void again(StreamId stream, Runnable attempt) {
        int failed = attempts.merge(stream, 1, Integer::sum);
        if (failed < ATTEMPTS) {
            agent.vertx().setTimer(Math.min(failed * AGAIN_MILLIS, LONGEST_PAUSE_MILLIS), later -> attempt.run());
        }
    }

    /** As a page does whose connection came to nothing or broke: gives the server's end back, and asks once more. */
    private void ended(StreamId stream, Watch watch) {
        failed("the connection ended", null);
        var client = signaling;
        if (client == null || closed) {
            return;
        }
        if (moving.remove(stream, watch)) {
            close(watch, last -> {});
            again(stream, () -> move(stream));
        } else if (watches.get(stream) == watch && !moving.containsKey(stream)) {
            unwatch(stream, last -> lastDecoded.put(stream, last));
            client.send(new ClientMessage.Unview(null, stream));
            again(stream, () -> watch(stream));
        }
    }

    /** Make before break: the second connection takes over with its first picture, and then the first one ends. */
    private void move(StreamId stream) {
        var client = signaling;
        var before = watches.get(stream);
        if (client == null || before == null || moving.containsKey(stream)) {
            return;
        }
        agent.vertx()
                .executeBlocking(() -> connection(stream), false)
                .compose(next -> {
                    if (closed || moving.putIfAbsent(stream, next) != null) {
                        next.close();
                        return Future.succeededFuture();
                    }
                    next.takeOver(before, () -> moved(stream, before, client));
                    return next.start(client);
                })
                .onFailure(e -> {
                    failed("not moved", e);
                    close(moving.remove(stream), last -> {});
                    again(stream, () -> move(stream));
                });
    }

    private void moved(StreamId stream, Watch before, SignalingClient client) {
        var next = moving.remove(stream);
        if (next == null || !watches.replace(stream, before, next)) {
            close(next, last -> {});
            return;
        }
        close(before, last -> {});
        client.request(id -> new ClientMessage.Migrated(id, stream)).onFailure(e -> failed("not migrated", e));
    }

    private Watch connection(StreamId stream) {
        return new Watch(
                agent.node(),
                agent.way(),
                stream,
                lastDecoded.getOrDefault(stream, 0L),
                () -> shown(stream),
                watch -> ended(stream, watch));
    }

    /** As a page does, for the operators' meters; that they miss one is no failure of the audience's. */
    private void shown(StreamId stream) {
        attempts.remove(stream);
        var client = signaling;
        var report = firstFrames.shown(stream, System.nanoTime(), since(joined));
        if (client != null && report.isPresent()) {
            client.request(report.get()::message).onFailure(e -> LOG.debug("first frame not told", e));
        }
    }

    private Future<Void> begin(Watch watch, StreamId stream, SignalingClient client) {
        if (closed || watches.putIfAbsent(stream, watch) != null) {
            watch.close();
            return Future.succeededFuture();
        }
        first = first == null ? watch : first;
        return watch.start(client);
    }

    /** What nobody sees between the two connections is a gap in the picture. */
    private void watchAnew(StreamId stream) {
        unwatch(stream, last -> lastDecoded.put(stream, last));
        watch(stream);
    }

    private void unwatch(StreamId stream) {
        unwatch(stream, last -> lastDecoded.remove(stream));
    }

    private void unwatch(StreamId stream, Consumer<Long> lastPicture) {
        withoutSeat.remove(stream);
        close(moving.remove(stream), last -> {});
        var watch = watches.remove(stream);
        if (watch != null && watch == first && !watch.pictured()) {
            // The next one will tell how long the first picture took.
            first = null;
        }
        close(watch, lastPicture);
    }

    private void close(@Nullable Watch watch, Consumer<Long> lastPicture) {
        if (watch != null) {
            watch.close((tally, last) -> {
                past.add(tally);
                lastPicture.accept(last);
            });
        }
    }

    private void onSocketClosed() {
        if (!closed) {
            failed("the socket was closed", null);
        }
        List.copyOf(watches.keySet()).forEach(this::unwatch);
    }

    private void failed(String what, @Nullable Throwable cause) {
        if (!closed) {
            failures.incrementAndGet();
            LOG.atInfo().addKeyValue("room", ticket.room()).setCause(cause).log("viewer: {}", what);
        }
    }

    /** What came so far. Blocks for a moment: not for event loops. */
    public ViewerFigures figures() {
        return agent.node().loop().call(() -> {
            var tally = new Tally();
            addTo(tally);
            return tally.figures(failures.get(), milestones());
        });
    }

    /** Adds what came so far; the media loop's thread only. */
    void addTo(Tally tally) {
        tally.add(past);
        watches.values().forEach(watch -> watch.addTo(tally));
    }

    int failures() {
        return failures.get();
    }

    /** The media loop's thread only. */
    Milestones milestones() {
        var watch = first;
        var times = watch == null ? new Watch.Times(0, 0, 0, 0) : watch.times();
        return new Milestones(
                since(opened),
                since(joined),
                since(times.answered()),
                since(times.connected()),
                since(times.firstPacket()),
                since(times.firstKeyframe()));
    }

    private Duration since(long nanos) {
        return nanos == 0 ? Duration.ZERO : Duration.ofNanos(nanos - began);
    }

    /** Asks for a keyframe of all that it watches, as a decoder does that cannot go on (PLI, RFC 4585 section 6.3.1). */
    public void requestKeyframe() {
        watches.values().forEach(Watch::requestKeyframe);
    }

    /** Leaves the room and hangs up. */
    public Future<Void> close() {
        closed = true;
        agent.forget(this);
        List.copyOf(watches.keySet()).forEach(this::unwatch);
        var client = signaling;
        return client == null ? Future.succeededFuture() : client.close();
    }
}
