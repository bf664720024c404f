package dev.grandstand.mediaclient.kurento;

import com.google.gson.JsonObject;
import dev.grandstand.mediaclient.Direction;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaKind;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Context;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An endpoint's events on their way from the node to the listener's context; their order is kept. */
final class WatchedEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedEndpoint.class);

    private final String pipeline;
    private final Direction direction;
    private final EndpointListener listener;
    private final Context context;
    private volatile boolean silent;

    static final String CANDIDATE_EVENT = "IceCandidateFound";

    /** Kurento names the flow of media as seen from the pipeline. */
    static String flowEvent(Direction direction) {
        return switch (direction) {
            case PUBLISH -> "MediaFlowOutStateChanged";
            case VIEW -> "MediaFlowInStateChanged";
        };
    }

    WatchedEndpoint(String pipeline, Direction direction, EndpointListener listener, Context context) {
        this.pipeline = pipeline;
        this.direction = direction;
        this.listener = listener;
        this.context = context;
    }

    boolean isIn(String object) {
        return pipeline.equals(object);
    }

    boolean isFor(EndpointListener somebody) {
        return listener == somebody;
    }

    /** The listener hears no more, from now on if called on its own context. */
    void silence() {
        silent = true;
    }

    void happened(String type, JsonObject data) {
        if (type.equals(CANDIDATE_EVENT)) {
            var found = data.getAsJsonObject("candidate");
            var candidate = new IceCandidate(
                    found.get("candidate").getAsString(),
                    found.get("sdpMid").getAsString(),
                    found.get("sdpMLineIndex").getAsInt());
            tell(to -> to.candidate(candidate));
        } else if (type.equals(flowEvent(direction))) {
            flowed(
                    data.get("mediaType").getAsString(),
                    data.get("state").getAsString().equals("FLOWING"));
        }
    }

    void lost(String reason) {
        tellLast(to -> to.lost(reason));
    }

    void nodeLost(String reason) {
        tellLast(to -> to.nodeLost(reason));
    }

    private void tellLast(Consumer<EndpointListener> call) {
        tell(to -> {
            silent = true;
            call.accept(to);
        });
    }

    private void flowed(String mediaType, boolean flowing) {
        switch (mediaType) {
            case "AUDIO" -> tell(to -> to.flowing(MediaKind.AUDIO, flowing));
            case "VIDEO" -> tell(to -> to.flowing(MediaKind.VIDEO, flowing));
            default -> LOG.atDebug().addKeyValue("kind", mediaType).log("flow of no interest");
        }
    }

    private void tell(Consumer<EndpointListener> call) {
        context.runOnContext(hop -> {
            if (!silent) {
                call.accept(listener);
            }
        });
    }
}
