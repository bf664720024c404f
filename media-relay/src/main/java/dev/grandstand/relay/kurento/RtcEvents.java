package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grandstand.relay.media.RtcEndpointListener;
import dev.grandstand.webrtc.DtlsState;
import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.MediaKind;
import io.vertx.core.Context;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the engine says about one endpoint into Kurento's events. The engine's threads hop to the façade's context
 * here and nowhere else; the order of the calls is kept.
 */
final class RtcEvents implements RtcEndpointListener {

    /** Candidates told once; beyond this many, a repeated one may be told again. */
    private static final int MAX_REMEMBERED_CANDIDATES = 500;

    private static final AtomicLong connections = new AtomicLong();

    private final Context context;
    private final RtcState state = new RtcState();
    private final Set<String> told = new HashSet<>();
    private final String dtlsConnectionId;
    private @Nullable WebRtcObject endpoint;

    RtcEvents(Context context) {
        this.context = context;
        var number = connections.incrementAndGet();
        this.dtlsConnectionId = "dtlssrtpenc" + number + "-dtlssrtpdec" + number + "-1-1";
    }

    /** Whose events these are. Nobody can have subscribed before this is called. */
    void attach(WebRtcObject owner) {
        endpoint = owner;
    }

    /** What the events said so far. */
    RtcState state() {
        return state;
    }

    String dtlsConnectionId() {
        return dtlsConnectionId;
    }

    @Override
    public void iceCandidate(IceCandidate found) {
        onContext(owner -> {
            var candidate = owner.announced().apply(found.candidate());
            var destination = found.sdpMLineIndex() + " " + AnnouncedAddresses.destination(candidate);
            if (told.size() < MAX_REMEMBERED_CANDIDATES && !told.add(destination)) {
                return;
            }
            var data = Wire.object();
            data.set(
                    "candidate",
                    Wire.struct("IceCandidate")
                            .put("candidate", candidate)
                            .put("sdpMid", found.sdpMid())
                            .put("sdpMLineIndex", found.sdpMLineIndex()));
            publish(owner, "IceCandidateFound", data);
        });
    }

    @Override
    public void iceGatheringDone() {
        onContext(owner -> publish(owner, "IceGatheringDone", Wire.object()));
    }

    @Override
    public void iceState(int streamId, int componentId, IceState newState) {
        onContext(owner -> {
            state.ice(componentId, newState);
            publish(
                    owner,
                    "IceComponentStateChanged",
                    Wire.object()
                            .put("streamId", streamId)
                            .put("componentId", componentId)
                            .put("state", newState.name()));
        });
    }

    @Override
    public void candidatePairSelected(String local, String remote) {
        onContext(owner -> {
            var pair = state.pair(owner.announced().apply(local), remote);
            var data = Wire.object();
            data.set("candidatePair", pair);
            publish(owner, "NewCandidatePairSelected", data);
        });
    }

    /** Kurento has an encoder and a decoder of SRTP, and both report; only the encoder says that it is new. */
    @Override
    public void dtlsState(DtlsState newState) {
        onContext(owner -> {
            state.dtls(newState);
            if (newState != DtlsState.NEW) {
                publishDtls(owner, RtcState.DECODER, newState);
            }
            publishDtls(owner, RtcState.ENCODER, newState);
        });
    }

    @Override
    public void connectionState(boolean connected) {
        onContext(owner -> publish(owner, "ConnectionStateChanged", change(state.connected(connected), connected)));
    }

    @Override
    public void mediaState(boolean connected) {
        onContext(owner -> publish(owner, "MediaStateChanged", change(state.mediaConnected(connected), connected)));
    }

    @Override
    public void mediaFlowIn(MediaKind kind, boolean flowing) {
        onContext(owner -> {
            state.flowingIn(kind, flowing);
            publish(owner, "MediaFlowInStateChanged", flow(kind, flowing));
        });
    }

    @Override
    public void mediaFlowOut(MediaKind kind, boolean flowing) {
        onContext(owner -> {
            state.flowingOut(kind, flowing);
            publish(owner, "MediaFlowOutStateChanged", flow(kind, flowing));
        });
    }

    @Override
    public void mediaSessionStarted() {
        onContext(owner -> publish(owner, "MediaSessionStarted", Wire.object()));
    }

    /** What happens before the endpoint has its id is lost to subscribers anyway, so it is not kept either. */
    private void onContext(Consumer<WebRtcObject> action) {
        context.runOnContext(ignored -> {
            var owner = endpoint;
            if (owner != null) {
                action.accept(owner);
            }
        });
    }

    private void publishDtls(WebRtcObject owner, String component, DtlsState newState) {
        publish(
                owner,
                "DtlsConnectionStateChange",
                Wire.object()
                        .put("streamId", "1")
                        .put("componentId", component)
                        .put("connectionId", dtlsConnectionId)
                        .put("state", newState.name()));
    }

    private static void publish(WebRtcObject owner, String event, ObjectNode data) {
        owner.publish(event, data.put("type", event));
    }

    private static ObjectNode change(boolean before, boolean now) {
        return Wire.object().put("oldState", RtcState.connection(before)).put("newState", RtcState.connection(now));
    }

    private static ObjectNode flow(MediaKind kind, boolean flowing) {
        return Wire.object()
                .put("mediaType", kind.name())
                .put("padName", "default")
                .put("state", flowing ? "FLOWING" : "NOT_FLOWING");
    }
}
