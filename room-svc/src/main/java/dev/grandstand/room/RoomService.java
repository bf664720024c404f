package dev.grandstand.room;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.streams.DeciderSpec;
import dev.grandstand.eventlog.streams.DeciderStreams;
import dev.grandstand.eventlog.streams.Timers;
import dev.grandstand.protocol.instance.InstanceBeat;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * room-svc: decides room commands, shows the open rooms to whoever asks, and notices signaling instances that died. Any
 * number of instances share the rooms; each answers for all of them.
 */
public final class RoomService implements Service {

    /** Consumer group and prefix of the changelog; another name would begin with empty rooms. */
    private static final String NAME = "room-svc";

    private static final Logger LOG = LoggerFactory.getLogger(RoomService.class);
    private static final int BEATS_PER_GRACE = 10;
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final RoomConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Health health = new Health();
    private final RoomDirectory directory = new RoomDirectory();
    private final InstanceWatch watch;
    private @Nullable EventLog log;
    private @Nullable DirectoryVerticle verticle;
    private @Nullable AdminVerticle admin;
    private @Nullable DeciderStreams streams;
    private @Nullable Long beats;

    /** Does nothing until it is started. */
    public RoomService(Vertx vertx, RoomConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.watch = new InstanceWatch(config.instance(), BEATS_PER_GRACE);
    }

    @Override
    public Future<Void> start() {
        return EventLog.open(vertx, config.streams().kafka())
                .onSuccess(opened -> log = opened)
                .compose(this::serveDirectory)
                .compose(this::watchInstances)
                .compose(this::openToOperators)
                .compose(this::decide)
                .onSuccess(deciding -> health.started())
                .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
    }

    /** Stops deciding first: what has been decided is committed, and other instances take the rooms over. */
    @Override
    public Future<Void> stop() {
        if (beats != null) {
            vertx.cancelTimer(beats);
        }
        return (streams == null ? Future.<Void>succeededFuture() : streams.stop())
                .eventually(() -> undeploy(admin))
                .eventually(() -> undeploy(verticle))
                .eventually(() -> log == null ? Future.succeededFuture() : log.close());
    }

    private Future<Void> undeploy(@Nullable VerticleBase deployed) {
        return deployed == null || deployed.deploymentID() == null
                ? Future.succeededFuture()
                : vertx.undeploy(deployed.deploymentID());
    }

    /** The port that it listens on: the configured one, or the one that was free. */
    public int port() {
        return Objects.requireNonNull(verticle, "not started").port();
    }

    /** The port of {@code /admin}; only where there is a token. */
    public int adminPort() {
        return Objects.requireNonNull(admin, "not open").port();
    }

    private Future<EventLog> serveDirectory(EventLog opened) {
        verticle = new DirectoryVerticle(config.port(), opened, health, directory);
        return vertx.deployVerticle(verticle).map(opened);
    }

    private Future<EventLog> openToOperators(EventLog opened) {
        var secret = config.admin().secret();
        if (secret.isEmpty()) {
            LOG.info("the operators' API is off: GRANDSTAND_ADMIN_TOKEN is not set");
            return Future.succeededFuture(opened);
        }
        var operators = new AdminVerticle(config, secret.get(), opened, directory, clock);
        admin = operators;
        return vertx.deployVerticle(operators).map(opened);
    }

    private Future<EventLog> watchInstances(EventLog opened) {
        return opened.follow(Topics.SIGNALING_INSTANCES, From.NOW, watch::heard).map(following -> {
            var interval = config.instanceGrace().dividedBy(BEATS_PER_GRACE).toMillis();
            beats = vertx.setPeriodic(Math.max(1, interval), timer -> beat(opened));
            return opened;
        });
    }

    /** Not a signaling instance, and without sessions: it only wants to hear itself. */
    private void beat(EventLog opened) {
        opened.publish(Topics.SIGNALING_INSTANCES, new InstanceBeat(config.instance(), clock.instant(), 0));
    }

    private Future<Void> decide(EventLog opened) {
        var metrics = new RoomMetrics(Health.meters(), directory);
        var ghosts = new Ghosts(config.instance(), watch::isLost, config.resumeGrace(), clock);
        var spec = spec(ghosts, Limits.of(config.presenters(), config.video()))
                .with(metrics::decided)
                .with(RoomSteps::decided);
        var deciding = new DeciderStreams(vertx, spec, config.streams());
        streams = deciding;
        health.readyWhile("decider", deciding::isRunning);
        return deciding.start();
    }

    static DeciderSpec<RoomCommand, RoomEvent, Room> spec(Ghosts ghosts, Limits limits) {
        return DeciderSpec.of(NAME, Topics.ROOM_COMMANDS, Topics.ROOM_EVENTS, new RoomDecider(limits), new RoomParts())
                .with(Summary.summaries())
                .with(new Timers<>(SWEEP, ghosts::due));
    }
}
