package dev.grandstand.allocator;

import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what becomes of links.
 *
 * @param publish completes when the event is durable
 */
record LinkNews(Function<EventRecord<MediaEvent>, Future<Void>> publish, InstantSource clock) {

    private static final Logger LOG = LoggerFactory.getLogger(LinkNews.class);

    static MediaEvent made(StreamId stream, MediaLocation source, NodeLink link) {
        return new MediaEvent.LinkMade(stream, source, link.sending(), link.arrival());
    }

    /** What no command has led to. */
    Future<Void> tell(RoomId room, MediaEvent event) {
        return tell(room, CommandId.random(), event);
    }

    Future<Void> tell(RoomId room, CommandId cause, MediaEvent event) {
        return publish.apply(new EventRecord<>(room, cause, clock.instant(), event))
                .onFailure(failure -> LOG.atError().setCause(failure).log("media event not published"));
    }
}
