package dev.grandstand.allocator;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Follower;
import dev.grandstand.eventlog.From;
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
 * Which of several allocators decides. One does, and says so every second; when it is silent for {@link #SILENCE}, or says that
 * it leaves, another takes over. That two try at once, or that the silent one wakes up, is nothing to fear: only the last that
 * opened the {@link SolePublisher} is heard, and whoever is shut out by that gives up what it knows and waits again.
 *
 * <p>On a context of its own.
 */
final class Leadership extends VerticleBase {

    /** Of which there is one publisher. */
    static final String PUBLISHER = "media-allocator-svc";

    static final Duration SILENCE = Duration.ofSeconds(4);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /** What the leader does. */
    interface Reign {

        /** Completes when it decides; everything that it decides is published by this. */
        Future<Void> begin(SolePublisher publisher);

        /** Completes when it decides no more. */
        Future<Void> end();
    }

    private final EventLog log;
    private final InstanceId me;
    private final InstantSource clock;
    private final Reign reign;
    private @Nullable Follower beats;
    private @Nullable LeaderBeat last;
    private @Nullable SolePublisher publisher;
    private long heardAt = System.nanoTime();
    private long looking = -1;
    private long beating = -1;
    private boolean claiming;
    private boolean stopped;

    Leadership(EventLog log, InstanceId me, InstantSource clock, Reign reign) {
        this.log = log;
        this.me = me;
        this.clock = clock;
        this.reign = reign;
    }

    /** Completes when this instance leads, or when it stands by for another. */
    @Override
    public Future<?> start() {
        return log.follow(Topics.MEDIA_LEADERS, From.BEGINNING, this::heard)
                .onSuccess(following -> beats = following)
                .compose(following -> isMineToTake() ? claim().recover(this::overtaken) : standBy())
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
        return (beats == null ? Future.<Void>succeededFuture() : beats.close())
                .eventually(() -> leading == null
                        ? Future.succeededFuture()
                        : reign.end().eventually(() -> beat(leading, true)).eventually(leading::close));
    }

    private void heard(LeaderBeat beat) {
        last = beat;
        heardAt = System.nanoTime();
    }

    /** Nobody leads, or a former life of this instance did. */
    private boolean isMineToTake() {
        return last == null || last.leaving() || name(last.instance()).equals(name(me));
    }

    private static String name(InstanceId instance) {
        int end = instance.value().lastIndexOf('.');
        return end < 0 ? instance.value() : instance.value().substring(0, end);
    }

    /** Two that start together both find that nobody leads. */
    private Future<Void> overtaken(Throwable failure) {
        return failure instanceof SolePublisher.Deposed ? standBy() : Future.failedFuture(failure);
    }

    private Future<Void> standBy() {
        heardAt = System.nanoTime();
        LOG.atInfo()
                .addKeyValue("leader", last == null ? "none" : last.instance())
                .log("stands by");
        return Future.succeededFuture();
    }

    private void look() {
        if (publisher != null || claiming) {
            return;
        }
        boolean left = last != null && last.leaving();
        if (left || System.nanoTime() - heardAt > SILENCE.toNanos()) {
            claim().onFailure(e -> LOG.atWarn().setCause(e).log("could not take over"));
        }
    }

    private Future<Void> claim() {
        claiming = true;
        return log.openSole(PUBLISHER)
                .compose(opened -> lead(opened)
                        .recover(
                                e -> reign.end().eventually(opened::close).transform(closed -> Future.failedFuture(e))))
                .onComplete(claimed -> {
                    claiming = false;
                    heardAt = System.nanoTime();
                });
    }

    private Future<Void> lead(SolePublisher opened) {
        return beat(opened, false)
                .compose(said -> reign.begin(opened))
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
        reign.end().eventually(by::close).onComplete(ended -> {
            claiming = false;
            heardAt = System.nanoTime();
        });
    }

    /** A beat that fails is the publisher's end, which tells of it itself. */
    private Future<Void> beat(SolePublisher by, boolean leaving) {
        return by.publish(Topics.MEDIA_LEADERS, new LeaderBeat(me, clock.instant(), leaving), Trace.NONE);
    }
}
