package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.allocator.cluster.FleetKeeper;
import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.cluster.FleetSource;
import dev.grandstand.allocator.fleet.Arrival;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.FleetInput;
import dev.grandstand.allocator.fleet.FleetRules;
import dev.grandstand.allocator.scaling.ScalingSteps;
import dev.grandstand.allocator.scaling.Schedule;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Follower;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.SolePublisher;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.eventlog.TopicView;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.scaling.ScalingStep;
import dev.grandstand.protocol.scaling.ScheduledShow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of an allocator. It stands by: it hears what whoever leads tells, so that it knows who sits where. It leads, once
 * it is told to: it hears out what has been told, looks at the nodes, and then hears commands. Whoever stands by again begins with
 * another verticle.
 */
final class AllocatorVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(AllocatorVerticle.class);
    private static final String SERVICE = "media-allocator-svc";

    /** Under it stands which commands were handled; another name would begin with the oldest. */
    private static final String GROUP = SERVICE;

    /** Decisions share a commit; one at a time they would be as slow as commits. */
    private static final int AT_ONCE = 500;

    private static final int SWEEPS_PER_GRACE = 3;

    /** Commands are heard then, whether all nodes have answered or not: one may be as dead as the leader before. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final AllocatorConfig config;
    private final EventLog log;
    private final MediaServers servers;
    private final FleetSource source;
    private final InstantSource clock;
    private final Traces traces = new Traces();
    private final AllocatorMetrics metrics;
    private final Allocator allocator;
    private final NodeWatch watch;
    private final EndpointSweep sweep;
    private final FlowWatch flows;
    private final ShowDesk desk;
    private final ScalingSteps scalingSteps = new ScalingSteps();
    private final List<TopicView> memories = new ArrayList<>();
    private final List<Follower> consumers = new ArrayList<>();
    private @Nullable SolePublisher publisher;
    private MediaServers.@Nullable Watch losses;
    private @Nullable Links links;
    private @Nullable FleetPage page;
    private @Nullable HttpServer admin;

    AllocatorVerticle(
            AllocatorConfig config,
            EventLog log,
            MediaServers servers,
            FleetSource source,
            InstantSource clock,
            AllocatorMetrics metrics) {
        this.config = config;
        this.log = log;
        this.servers = servers;
        this.source = source;
        this.clock = clock;
        this.metrics = metrics;
        this.allocator = new Allocator(
                new FleetRules(config.placement().strategy(), config.growth(), config.moves(), config.patience()),
                this::decided,
                this::isFull,
                servers,
                traces,
                clock);
        this.watch = new NodeWatch(servers, allocator, config, clock, metrics::pollFailed, source);
        this.sweep = new EndpointSweep(servers, allocator, this::isLink, config.orphanGrace(), clock);
        this.flows = new FlowWatch(servers, () -> links().made(), watch::retire, clock);
        this.desk = new ShowDesk(this::publisher, config.showsFile(), clock);
    }

    /** Completes when it knows all that has been told so far. */
    @Override
    public Future<?> start() {
        links = new Links(
                vertx, servers, allocator::fleet, this::publish, config.growth().linger(), clock);
        return Future.join(
                        remembering(log.follow(Topics.MEDIA_EVENTS, From.BEGINNING, this::replay)),
                        remembering(log.follow(Topics.MEDIA_NODES, From.BEGINNING, allocator::replay)),
                        remembering(log.followEntries(Topics.SCHEDULED_SHOWS, From.BEGINNING, desk::heard)),
                        remembering(log.follow(Topics.SCALING_DECISIONS, From.BEGINNING, scalingSteps::add)))
                // Vert.x stops only what has started.
                .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
    }

    private Future<TopicView> remembering(Future<TopicView> following) {
        return following.onSuccess(memories::add);
    }

    /**
     * Decides from now on. If it cannot, it is of no use any more.
     *
     * @param by publishes everything that is decided; whoever led before is shut out, and told its last
     */
    Future<Void> lead(SolePublisher by) {
        return onContext(() -> {
            publisher = by;
            losses = servers.onNodeLost(watch::lost);
            watch.approach();
            var known = heardOut()
                    .onSuccess(heard -> LOG.info("has heard all that was decided before"))
                    .compose(heard -> desk.open(vertx));
            return source.start(new Keeper(), known)
                    .compose(there -> firstLook())
                    .onSuccess(looked -> {
                        LOG.info("has looked at the nodes");
                        links().resume();
                    })
                    .compose(looked -> Future.join(
                            obeying(
                                    Topics.MEDIA_COMMANDS,
                                    new Commands(allocator, links(), watch, traces, clock)::obey),
                            obeying(RoomFollower.TOPIC, new RoomFollower(allocator, links(), flows, traces)::follow)))
                    .compose(following -> openToOperators())
                    .onSuccess(open -> {
                        vertx.setPeriodic(config.poll().toMillis(), timer -> {
                            watch.look();
                            flows.look();
                        });
                        vertx.setPeriodic(
                                config.orphanGrace().dividedBy(SWEEPS_PER_GRACE).toMillis(), timer -> sweep.sweep());
                        vertx.setPeriodic(TICK.toMillis(), timer -> tick());
                    })
                    .mapEmpty();
        });
    }

    /** What it tells itself from now on it does not hear, though it takes a moment more until the consumers are closed. */
    private Future<?> heardOut() {
        return Future.join(memories.stream().map(TopicView::caughtUp).toList()).onSuccess(heard -> closed(memories));
    }

    private static Future<?> closed(List<? extends Follower> open) {
        return Future.join(open.stream().map(Follower::close).toList());
    }

    private <V> Future<Follower> obeying(Topic<V> topic, BiFunction<V, Trace, Future<Void>> handler) {
        return log.consumeAlone(topic, GROUP, AT_ONCE, handler).onSuccess(consumers::add);
    }

    private Future<Void> firstLook() {
        var enough = Promise.<Void>promise();
        watch.look().onComplete(looked -> enough.tryComplete());
        vertx.setTimer(FIRST_LOOK.toMillis(), late -> enough.tryComplete());
        return enough.future();
    }

    /** Hears no more commands first, so that what was handled is committed. */
    @Override
    public Future<?> stop() {
        watch.stop();
        if (losses != null) {
            losses.end();
        }
        return Future.join(closed(memories), closed(consumers))
                .eventually(source::stop)
                .eventually(() -> admin == null ? Future.succeededFuture() : admin.close());
    }

    /** The operators' port. */
    int adminPort() {
        return Objects.requireNonNull(admin, "not open").actualPort();
    }

    /** As of now; read from anywhere. */
    Fleet fleet() {
        return allocator.fleet();
    }

    /** What {@code /fleet} shows; may be asked from anywhere. */
    Future<JsonObject> page() {
        return onContext(() -> Future.succeededFuture(page).map(FleetPage::whole));
    }

    /** Whether a node that is being stopped may end; may be asked from anywhere. */
    Future<Departure> depart(NodeId node, String asker) {
        return onContext(() -> source.depart(node, asker));
    }

    private <T> Future<T> onContext(Supplier<Future<T>> call) {
        var answer = Promise.<T>promise();
        context.runOnContext(now -> call.get().onComplete(answer));
        return answer.future();
    }

    /** For whoever knows the nodes. */
    private final class Keeper implements FleetKeeper {

        @Override
        public Fleet fleet() {
            return allocator.fleet();
        }

        @Override
        public Schedule schedule() {
            return desk.shows().schedule();
        }

        @Override
        public void nodesAre(Set<FleetMember> nodes) {
            watch.fleetIs(nodes);
        }

        @Override
        public void seatsExpected(List<Arrival> arrivals) {
            watch.seatsExpected(arrivals);
        }

        @Override
        public Future<Void> drain(NodeId node, boolean drains) {
            return allocator.handle(new FleetInput.DrainOrdered(CommandId.random(), clock.instant(), node, drains));
        }

        @Override
        public List<ScalingStep> scalingSteps() {
            return scalingSteps.newestFirst();
        }

        @Override
        public <V> Future<Void> publish(Topic<V> topic, V value) {
            return publisher().publish(topic, value, Trace.NONE);
        }
    }

    private Future<?> openToOperators() {
        var shown = new FleetPage(allocator::fleet, watch, room -> links().shown(room));
        page = shown;
        var token = config.admin().token();
        if (token == null) {
            LOG.info("the operators' API is off: GRANDSTAND_ADMIN_TOKEN is not set");
            return Future.succeededFuture();
        }
        return new Operators(
                        vertx,
                        allocator,
                        shown,
                        new ShowsApi(desk.shows(), desk),
                        source.scaling().map(ScalingApi::new),
                        mark -> publisher().publish(Topics.MEDIA_NODES, mark, Trace.NONE),
                        clock)
                .open(config.admin(), token)
                .onSuccess(opened -> {
                    admin = opened;
                    LOG.atInfo().addKeyValue("port", opened.actualPort()).log("operators' API is open");
                });
    }

    private void replay(EventRecord<MediaEvent> record) {
        allocator.replay(record);
        links().replay(record);
    }

    private SolePublisher publisher() {
        return Objects.requireNonNull(publisher, "does not lead");
    }

    private Links links() {
        return Objects.requireNonNull(links, "not started");
    }

    private boolean isLink(RoomId room, String endpoint) {
        return links().has(room, endpoint);
    }

    /** The links follow what becomes of the fleet. */
    private Future<Void> decided(EventRecord<MediaEvent> record) {
        links().follow(record);
        return publish(record);
    }

    private void isFull(NodeRef node) {
        watch.refused(node);
    }

    private Future<Void> publish(EventRecord<MediaEvent> record) {
        metrics.published(record.event());
        var trace = traces.of(record.cause());
        if (Trace.isLogged()) {
            trace.step(SERVICE, record.room(), about(record.event()))
                    .addKeyValue("events", record.event().getClass().getSimpleName())
                    .log("decided");
        }
        return publisher().publish(Topics.MEDIA_EVENTS, record, trace);
    }

    private static @Nullable ParticipantId about(MediaEvent event) {
        return switch (event) {
            case MediaEvent.SeatGranted granted -> granted.participant();
            case MediaEvent.SeatQueued queued -> queued.participant();
            case MediaEvent.SeatRefused refused -> refused.participant();
            case MediaEvent.SeatReleased released -> released.participant();
            case MediaEvent.SeatMoving moving -> moving.participant();
            case MediaEvent.SeatMoved moved -> moved.participant();
            case MediaEvent.OriginMoved moved -> null;
            case MediaEvent.SiteLeaving leaving -> null;
            case MediaEvent.RoomPlaced placed -> null;
            case MediaEvent.RoomReleased released -> null;
            case MediaEvent.RoomMediaLost lost -> null;
            case MediaEvent.EdgeAdded added -> null;
            case MediaEvent.EdgeGone gone -> null;
            case MediaEvent.LinkMade made -> null;
            case MediaEvent.LinkRefused refused -> null;
            case MediaEvent.StreamLed led -> null;
            case MediaEvent.LinkEnded ended -> null;
        };
    }

    private void tick() {
        var fleet = allocator.fleet();
        var now = clock.instant();
        if (!fleet.queue().isEmpty() || !fleet.placements().isEmpty()) {
            allocator.handle(new FleetInput.Ticked(CommandId.random(), now));
        }
        desk.shows().all().stream()
                .filter(show -> isAboutToBegin(show, now))
                .forEach(show -> allocator.handle(
                        new FleetInput.AudienceExpected(CommandId.random(), now, show.room(), show.audience())));
    }

    /** Not earlier, or edges that were added would be given up again before anybody came. */
    private boolean isAboutToBegin(ScheduledShow show, Instant now) {
        var half = config.growth().linger().dividedBy(2);
        return now.isAfter(show.startsAt().minus(half))
                && now.isBefore(show.startsAt().plus(half));
    }
}
