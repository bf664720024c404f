package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.Election;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Follower;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.instance.LeaderBeat;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is when there is nothing but Kafka: anybody's, when the leader was silent for {@link #SILENCE} or says that it
 * leaves, and at once for the next life of the leader's process.
 */
final class BeatElection implements Election {

    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final EventLog log;
    private final InstanceId me;
    private @Nullable Follower beats;
    private @Nullable LeaderBeat last;
    private long heardAt = System.nanoTime();
    private boolean atOnce;

    BeatElection(EventLog log, InstanceId me) {
        this.log = log;
        this.me = me;
    }

    @Override
    public Future<Void> start() {
        return log.follow(Topics.MEDIA_LEADERS, From.BEGINNING, this::heard)
                .onSuccess(following -> {
                    beats = following;
                    heardAt = System.nanoTime();
                    atOnce = last == null || name(last.instance()).equals(name(me));
                })
                .mapEmpty();
    }

    private void heard(LeaderBeat beat) {
        last = beat;
        heardAt = System.nanoTime();
    }

    @Override
    public boolean isMine() {
        return atOnce || (last != null && last.leaving()) || System.nanoTime() - heardAt > SILENCE.toNanos();
    }

    /** The leader hears of another by being shut out. */
    @Override
    public boolean isAnothers() {
        return false;
    }

    @Override
    public void tried(boolean leads) {
        atOnce = false;
        heardAt = System.nanoTime();
    }

    @Override
    public Future<Void> stop() {
        return beats == null ? Future.succeededFuture() : beats.close();
    }

    private static String name(InstanceId instance) {
        int end = instance.value().lastIndexOf('.');
        return end < 0 ? instance.value() : instance.value().substring(0, end);
    }
}
