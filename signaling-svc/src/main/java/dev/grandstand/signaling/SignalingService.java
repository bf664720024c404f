package dev.grandstand.signaling;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.EventFilter;
import dev.grandstand.protocol.instance.InstanceBeat;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signaling-svc as a whole: an event loop for each core, fed with every event since the start. */
public final class SignalingService implements Service {

    /** How often the instance says that it lives; silence of 20 s means that it died. */
    private static final Duration BEAT_INTERVAL = Duration.ofSeconds(5);

    /** Beside the drain: for Kafka to know of everybody, for sockets, event loops, consumers and producer to close. */
    private static final Duration CLOSING = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(SignalingService.class);

    private final Vertx vertx;
    private final SignalingConfig config;
    private final MediaServers nodes;
    private final Clock clock;
    private final Health health = new Health();
    private final Doorkeeper door;
    private List<SignalingVerticle> verticles = List.of();
    private @Nullable EventLog log;
    private @Nullable Long beats;
    private @Nullable Future<Void> stopped;

    /** @param nodes closed by the service when it stops */
    public SignalingService(Vertx vertx, SignalingConfig config, MediaServers nodes) {
        this.vertx = vertx;
        this.config = config;
        this.nodes = nodes;
        this.clock = Clock.systemUTC();
        this.door = new Doorkeeper(config.limits());
    }

    @Override
    public Future<Void> start() {
        if (!config.secret().shared()) {
            LOG.warn("GRANDSTAND_SECRET is not set: who loses the connection can come back to this process only");
        }
        if (config.admission() instanceof AdmissionConfig.Open) {
            LOG.warn(
                    "GRANDSTAND_AUTH is open: anybody enters any room, as whoever they say they are. Where strangers can"
                            + " reach this, set GRANDSTAND_AUTH=jwt and GRANDSTAND_JWT_SECRET or GRANDSTAND_JWT_JWKS_URL");
        }
        return EventLog.open(vertx, config.kafka())
                .compose(opened -> {
                    log = opened;
                    var negotiations = new Negotiations(
                            config.limits().negotiationsPerNode(), Negotiations.MOST_WAITING, Negotiations.PATIENCE);
                    verticles = Stream.generate(() ->
                                    new SignalingVerticle(config, door, opened, nodes, negotiations, health, clock))
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
                                    // Nobody here waits for a seat to be given back.
                                    opened.followTraced(
                                            Topics.MEDIA_EVENTS.only(EventFilter.without(
                                                    MediaEvent.class, MediaEvent.SeatReleased.class)),
                                            From.NOW,
                                            (e, trace) -> verticles.forEach(v -> v.onMediaEvent(e, trace))))
                            .compose(following -> all(vertx::deployVerticle))
                            .onSuccess(deployed -> beat(opened));
                })
                .onSuccess(started -> health.readyWhile("open", door::isOpen).started())
                .onFailure(e -> stop());
    }

    /** The port that it listens on: the configured one, or the one that was free. */
    public int port() {
        return verticles.getFirst().port();
    }

    private void beat(EventLog opened) {
        sendBeat(opened);
        beats = vertx.setPeriodic(BEAT_INTERVAL.toMillis(), timer -> sendBeat(opened));
    }

    private void sendBeat(EventLog opened) {
        var sessions =
                verticles.stream().mapToInt(SignalingVerticle::sessionCount).sum();
        opened.publish(Topics.SIGNALING_INSTANCES, new InstanceBeat(config.instance(), clock.instant(), sessions));
    }

    @Override
    public Duration stopsWithin() {
        return config.drain().plus(CLOSING);
    }

    /** In the order that {@link Drain} tells; a second call waits for the first. */
    @Override
    public synchronized Future<Void> stop() {
        if (stopped == null) {
            LOG.atInfo().addKeyValue("over", config.drain()).log("draining");
            door.shut();
            stopped = all(SignalingVerticle::drain)
                    .onFailure(e -> LOG.atWarn().setCause(e).log("not everybody was seen off"))
                    .eventually(this::end);
        }
        return stopped;
    }

    private Future<Void> end() {
        if (beats != null) {
            vertx.cancelTimer(beats);
        }
        return all(verticle -> verticle.deploymentID() == null
                        ? Future.succeededFuture()
                        : vertx.undeploy(verticle.deploymentID()))
                .eventually(nodes::close)
                .eventually(() -> log == null ? Future.succeededFuture() : log.close());
    }

    private Future<Void> all(Function<SignalingVerticle, Future<?>> action) {
        return Future.join(verticles.stream().map(action).toList()).mapEmpty();
    }
}
