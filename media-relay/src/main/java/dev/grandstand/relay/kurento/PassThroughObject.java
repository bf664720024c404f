package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.relay.media.MediaElement;
import dev.grandstand.relay.media.PassThrough;
import dev.grandstand.webrtc.MediaKind;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;

/** A {@code PassThrough}. Media flows out of it when it flows into it. */
final class PassThroughObject extends ElementObject {

    private final PassThrough media;
    private final InstantSource clock;

    PassThroughObject(String id, PipelineObject pipeline, PassThrough media, EngineCalls engine, InstantSource clock) {
        super(id, ObjectType.PASS_THROUGH, pipeline, engine, clock);
        this.media = media;
        this.clock = clock;
    }

    @Override
    MediaElement media() {
        return media;
    }

    /** Follows the connections upstream to an element that knows; a circle of pass-throughs carries nothing. */
    @Override
    boolean flowingIn(MediaKind kind) {
        var seen = new HashSet<ElementObject>();
        ElementObject sink = this;
        while (seen.add(sink)) {
            var link = pipeline().links().into(sink, MediaType.of(kind));
            if (link.isEmpty()) {
                return false;
            }
            switch (link.get().source()) {
                case WebRtcObject endpoint -> {
                    return endpoint.flowingOut(kind);
                }
                case PassThroughObject upstream -> sink = upstream;
            }
        }
        return false;
    }

    @Override
    boolean flowingOut(MediaKind kind) {
        return flowingIn(kind);
    }

    @Override
    Future<JsonNode> stats(Optional<MediaType> type) {
        return Future.succeededFuture(StatsReport.ofElement(id(), clock.millis()));
    }

    @Override
    Future<JsonNode> invoke(String operation, Call call) {
        return ElementOperations.TABLE.invoke(this, operation, call);
    }
}
