package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.Election;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.SolePublisher;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.instance.LeaderBeat;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several allocators decides. One does, and says so every second; the {@link Election} tells the others when to try in
 * its place. That two try at once, or that one that was silent wakes up, is nothing to fear: only the last that opened the
 * {@link SolePublisher} is heard, and whoever is shut out by that gives up what it knows and waits again.
 *
 * <p>On a context of its own.
 */
final class Leadership extends VerticleBase {

    /** Of which there is one publisher. */
    static final String PUBLISHER = "media-allocator-svc";

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /** What the leader does. */
    interface Reign {

        /** Completes when it knows what the log says, and goes on to hear it; before it begins, each time. */
        Future<Void> prepare();

        /** Completes when it decides; everything that it decides is published by this. */
        Future<Void> begin(SolePublisher publisher);

        /** Completes when it decides no more, and knows nothing any more. */
        Future<Void> end();
    }

    private final EventLog log;
    private final Election election;
    private final InstanceId me;
    private final InstantSource clock;
    private final Reign reign;
    private @Nullable SolePublisher publisher;
    private @Nullable Future<Void> prepared;
    private long looking = -1;
    private long beating = -1;
    private boolean claiming;
    private boolean stopped;

    Leadership(EventLog log, Election election, InstanceId me, InstantSource clock, Reign reign) {
        this.log = log;
        this.election = election;
        this.me = me;
        this.clock = clock;
        this.reign = reign;
    }

    /** Completes when this instance leads, or when it stands by for another. */
    @Override
    public Future<?> start() {
        return prepare()
                .compose(knows -> election.start())
                .compose(known -> election.isMine() ? claim().recover(this::overtaken) : standBy())
                .onSuccess(begun -> looking = vertx.setPeriodic(LOOK.toMillis(), timer -> look()));
    }

    /** Tells the others, so that one of them takes over at once. */
    @Override
    public Future<?> stop() {
        stopped = true;
        vertx.cancelTimer(looking);
        vertx.cancelTimer(beating);
        var leading = publisher;
        publisher = null;
        return (leading == null
                        ? Future.<Void>succeededFuture()
                        : reign.end().eventually(() -> beat(leading, true)).eventually(leading::close))
                .eventually(election::stop);
    }

    /** Two that start together both find that nobody leads. */
    private Future<Void> overtaken(Throwable failure) {
        return failure instanceof SolePublisher.Deposed ? standBy() : Future.failedFuture(failure);
    }

    private Future<Void> standBy() {
        LOG.atInfo().addKeyValue("instance", me).log("stands by");
        return Future.succeededFuture();
    }

    /** Begins that, if it has not begun, or has failed. */
    private Future<Void> prepare() {
        var begun = prepared;
        if (begun == null || begun.failed()) {
            begun = reign.prepare();
            prepared = begun;
        }
        return begun;
    }

    /** For the next time. */
    private void prepareAgain() {
        if (!stopped) {
            prepare().onFailure(e -> LOG.atWarn()
                    .setCause(e)
                    .log("does not know what the log says; tried again before it leads"));
        }
    }

    private Future<Void> unprepared() {
        prepared = null;
        return reign.end();
    }

    private void look() {
        var leading = publisher;
        if (claiming) {
            return;
        }
        if (leading == null && election.isMine()) {
            claim().onFailure(e -> LOG.atWarn().setCause(e).log("could not take over"));
        } else if (leading != null && election.isAnothers()) {
            deposed(leading, new IllegalStateException("another was elected"));
        }
    }

    private Future<Void> claim() {
        claiming = true;
        LOG.atInfo().addKeyValue("instance", me).log("is to lead");
        return prepare()
                .compose(knows -> log.openSole(PUBLISHER))
                .onSuccess(opened -> LOG.info("whoever led before is shut out"))
                .compose(opened -> lead(opened)
                        .recover(e ->
                                unprepared().eventually(opened::close).transform(closed -> Future.failedFuture(e))))
                .onComplete(claimed -> {
                    claiming = false;
                    election.tried(claimed.succeeded());
                    prepareAgain();
                });
    }

    private Future<Void> lead(SolePublisher opened) {
        return Future.join(beat(opened, false), reign.begin(opened))
                .onSuccess(begun -> {
                    LOG.atInfo().addKeyValue("instance", me).log("leads");
                    publisher = opened;
                    beating = vertx.setPeriodic(BEAT.toMillis(), timer -> beat(opened, false));
                    opened.lost().onFailure(why -> context.runOnContext(now -> deposed(opened, why)));
                })
                .compose(begun -> stopped ? Future.failedFuture("stopped meanwhile") : Future.succeededFuture());
    }

    /** What this instance knows may not be what the log says: it begins anew, should it ever lead again. */
    private void deposed(SolePublisher by, Throwable why) {
        if (publisher != by) {
            return;
        }
        LOG.atWarn().addKeyValue("reason", why.getMessage()).log("leads no more");
        publisher = null;
        claiming = true;
        vertx.cancelTimer(beating);
        unprepared().eventually(by::close).onComplete(ended -> {
            claiming = false;
            election.tried(false);
            prepareAgain();
        });
    }

    /** A beat that fails is the publisher's end, which tells of it itself. */
    private Future<Void> beat(SolePublisher by, boolean leaving) {
        return by.publish(Topics.MEDIA_LEADERS, new LeaderBeat(me, clock.instant(), leaving), Trace.NONE);
    }
}
