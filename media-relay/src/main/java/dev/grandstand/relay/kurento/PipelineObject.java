package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.time.InstantSource;

/** A {@code MediaPipeline}: the elements in it can be connected to each other. It has no part in the media plane. */
final class PipelineObject extends MediaObject {

    private static final OperationTable<PipelineObject> OPERATIONS = OperationTable.<PipelineObject>builder()
            .extending(ObjectOperations.TABLE)
            .get("getLatencyStats", pipeline -> Wire.flag(pipeline.latencyStats))
            .run("setLatencyStats", (pipeline, arguments) -> pipeline.latencyStats = arguments.flag("latencyStats"))
            .unsupported("getGstreamerDot")
            .unsupported("dumpGstreamerDot")
            .build();

    private final Links links = new Links();
    private boolean latencyStats;

    PipelineObject(String id, InstantSource clock) {
        super(id, ObjectType.MEDIA_PIPELINE, null, clock);
    }

    Links links() {
        return links;
    }

    @Override
    Future<JsonNode> invoke(String operation, Call call) {
        return OPERATIONS.invoke(this, operation, call);
    }

    @Override
    Future<Void> free() {
        return Future.succeededFuture();
    }
}
