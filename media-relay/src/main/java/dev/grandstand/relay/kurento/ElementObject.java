package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.relay.media.MediaElement;
import dev.grandstand.webrtc.MediaKind;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A {@code MediaElement}: has a counterpart in the media plane and can be connected to others of its pipeline. */
abstract sealed class ElementObject extends MediaObject permits WebRtcObject, PassThroughObject {

    private final PipelineObject pipeline;
    private final EngineCalls engine;
    private final Map<String, JsonNode> properties = new HashMap<>();

    ElementObject(String id, ObjectType type, PipelineObject pipeline, EngineCalls engine, InstantSource clock) {
        super(id, type, pipeline, clock);
        this.pipeline = pipeline;
        this.engine = engine;
    }

    /** The counterpart in the media plane. */
    abstract MediaElement media();

    /** Whether media comes from the pipeline into this element. */
    abstract boolean flowingIn(MediaKind kind);

    /** Whether media goes from this element into the pipeline. */
    abstract boolean flowingOut(MediaKind kind);

    /** Answers {@code getStats}; empty means every type. */
    abstract Future<JsonNode> stats(Optional<MediaType> type);

    PipelineObject pipeline() {
        return pipeline;
    }

    EngineCalls engine() {
        return engine;
    }

    /** Values of settings that are kept and told back. */
    Map<String, JsonNode> properties() {
        return properties;
    }

    @Override
    Future<Void> free() {
        return engine.change(media()::release);
    }
}
