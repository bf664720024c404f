package dev.grandstand.signaling;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.instance.InstanceBeat;
import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signaling-svc as a whole: an event loop for each core, fed with every event since the start. */
public final class SignalingService implements Service {

    /** How often the instance says that it lives; silence of 20 s means that it died. */
    private static final Duration BEAT_INTERVAL = Duration.ofSeconds(5);

    private static final Duration DISMISS_TIMEOUT = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(SignalingService.class);

    private final Vertx vertx;
    private final SignalingConfig config;
    private final MediaServers nodes;
    private final Clock clock;
    private final Health health = new Health();
    private List<SignalingVerticle> verticles = List.of();
    private @Nullable EventLog log;

    /** @param nodes closed by the service when it stops */
    public SignalingService(Vertx vertx, SignalingConfig config, MediaServers nodes) {
        this.vertx = vertx;
        this.config = config;
        this.nodes = nodes;
        this.clock = Clock.systemUTC();
    }

    @Override
    public Future<Void> start() {
        if (!config.secret().shared()) {
            LOG.warn("GRANDSTAND_SECRET is not set: who loses the connection can come back to this process only");
        }
        return EventLog.open(vertx, config.kafka())
                .compose(opened -> {
                    log = opened;
                    var door = new Doorkeeper(config.limits());
                    verticles = Stream.generate(() -> new SignalingVerticle(config, door, opened, nodes, health, clock))
                            .limit(config.eventLoops())
                            .toList();
                    // Events first: a session that asks before they flow would miss its answer.
                    return Future.all(
                                    opened.follow(
                                            Topics.ROOM_EVENTS,
                                            From.NOW,
                                            e -> verticles.forEach(v -> v.onRoomEvent(e))),
                                    opened.follow(
                                            Topics.CHAT_EVENTS,
                                            From.NOW,
                                            e -> verticles.forEach(v -> v.onChatEvent(e))),
                                    opened.follow(
                                            Topics.MEDIA_EVENTS,
                                            From.NOW,
                                            e -> verticles.forEach(v -> v.onMediaEvent(e))))
                            .compose(following -> all(vertx::deployVerticle))
                            .onSuccess(deployed -> beat(opened));
                })
                .onSuccess(started -> health.started())
                .onFailure(e -> stop());
    }

    /** The port that it listens on: the configured one, or the one that was free. */
    public int port() {
        return verticles.getFirst().port();
    }

    private void beat(EventLog opened) {
        sendBeat(opened);
        vertx.setPeriodic(BEAT_INTERVAL.toMillis(), timer -> sendBeat(opened));
    }

    private void sendBeat(EventLog opened) {
        var sessions =
                verticles.stream().mapToInt(SignalingVerticle::sessionCount).sum();
        opened.publish(Topics.SIGNALING_INSTANCES, new InstanceBeat(config.instance(), clock.instant(), sessions));
    }

    @Override
    public Future<Void> stop() {
        return all(SignalingVerticle::dismissAll)
                .timeout(DISMISS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .eventually(nodes::close)
                .eventually(() -> log == null ? Future.succeededFuture() : log.close());
    }

    private Future<Void> all(Function<SignalingVerticle, Future<?>> action) {
        return Future.join(verticles.stream().map(action).toList()).mapEmpty();
    }
}
