package dev.grandstand.allocator;

import dev.grandstand.eventlog.Entry;
import dev.grandstand.eventlog.SolePublisher;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes announcements of shows from the topic and the file, and writes those that operators make. On the allocator's context. */
final class ShowDesk implements ShowsApi.Announcer {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration CLEANING = Duration.ofHours(1);

    private final Supplier<SolePublisher> publisher;
    private final @Nullable Path file;
    private final InstantSource clock;
    private final Shows shows = new Shows();

    ShowDesk(Supplier<SolePublisher> publisher, @Nullable Path file, InstantSource clock) {
        this.publisher = publisher;
        this.file = file;
        this.clock = clock;
    }

    /** What stands in the topic, until this is opened. */
    void heard(Entry<ScheduledShow> entry) {
        shows.heard(entry);
    }

    /** Writes the topic itself from now on. Completes when the file is known too, which is looked at as long as the context lives. */
    Future<Void> open(Vertx vertx) {
        forgetPast();
        vertx.setPeriodic(CLEANING.toMillis(), timer -> forgetPast());
        return readFile(vertx);
    }

    /** As of now. */
    Shows shows() {
        return shows;
    }

    /** What is not durable does not count: whoever asked is told, and asks again. */
    @Override
    public Future<Void> announce(ScheduledShow show) {
        return publisher
                .get()
                .publish(Topics.SCHEDULED_SHOWS, show, Trace.NONE)
                .onSuccess(durable -> shows.heard(new Entry<>(show.id().value(), show)));
    }

    @Override
    public Future<Void> cancel(ShowId show) {
        return publisher
                .get()
                .end(Topics.SCHEDULED_SHOWS, show.value())
                .onSuccess(durable -> shows.heard(new Entry<>(show.value(), null)));
    }

    private void forgetPast() {
        shows.past(clock.instant()).forEach(show -> cancel(show.id()));
    }

    private Future<Void> readFile(Vertx vertx) {
        if (file == null) {
            return Future.succeededFuture();
        }
        var read = new ShowsFile(vertx, file, shows::filed);
        vertx.setPeriodic(LOOK.toMillis(), timer -> read.look());
        return read.look();
    }
}
