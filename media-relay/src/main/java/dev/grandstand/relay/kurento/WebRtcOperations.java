package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.webrtc.IceCandidate;
import io.vertx.core.Future;

/** What a {@code WebRtcEndpoint} can do beside negotiating: ICE, states, settings. */
final class WebRtcOperations {

    static final OperationTable<WebRtcObject> TABLE = settings(
                    OperationTable.<WebRtcObject>builder().extending(SdpOperations.TABLE))
            .async("gatherCandidates", WebRtcOperations::gatherCandidates)
            .async("addIceCandidate", WebRtcOperations::addIceCandidate)
            .async("requestKeyframe", WebRtcOperations::requestKeyframe)
            .get("getMediaState", endpoint -> endpoint.state().media())
            .get("getConnectionState", endpoint -> endpoint.state().connection())
            .get("getIceConnectionState", endpoint -> endpoint.state().iceConnections())
            .get("getICECandidatePairs", endpoint -> endpoint.state().candidatePairs())
            .get("getDtlsConnectionState", endpoint -> endpoint.state().dtlsConnections(endpoint.dtlsConnectionId()))
            .unsupported("createDataChannel")
            .unsupported("closeDataChannel")
            .build();

    private WebRtcOperations() {}

    /**
     * The external addresses take effect in candidates found after they are set. The others are kept and told back: the
     * node has one UDP port on all its interfaces, no TCP candidates, and needs neither STUN nor TURN.
     */
    private static OperationTable.Builder<WebRtcObject> settings(OperationTable.Builder<WebRtcObject> table) {
        for (var name : new String[] {
            "NetworkInterfaces", "StunServerAddress", "TurnUrl", "ExternalIPv4", "ExternalIPv6", "ExternalAddress"
        }) {
            ElementOperations.setting(table, name, Wire.text(""));
        }
        ElementOperations.setting(table, "StunServerPort", Wire.number(3478));
        ElementOperations.setting(table, "IceTcp", Wire.flag(false));
        ElementOperations.setting(table, "QosDscp", Wire.text("NO_VALUE"));
        return table;
    }

    private static Future<JsonNode> gatherCandidates(WebRtcObject endpoint, Call call) {
        return endpoint.engine().change(endpoint.media()::gatherCandidates).map(done -> Wire.nothing());
    }

    /** A candidate that makes no sense is ignored by the engine; one for an m-section that is not there is refused. */
    private static Future<JsonNode> addIceCandidate(WebRtcObject endpoint, Call call) {
        var fields = new Arguments(call.arguments().object("candidate"));
        var candidate = new IceCandidate(
                fields.text("candidate"), fields.optionalText("sdpMid").orElse(""), fields.integer("sdpMLineIndex"));
        var known = endpoint.sections()
                .map(sections -> sections.contain(candidate.sdpMid(), candidate.sdpMLineIndex()))
                .orElse(true);
        if (!known) {
            throw new Refusal(ErrorKind.ICE_ADD_CANDIDATE_ERROR, "Error adding candidate");
        }
        return endpoint.engine()
                .change(() -> endpoint.media().addCandidate(candidate))
                .map(done -> Wire.nothing());
    }

    private static Future<JsonNode> requestKeyframe(WebRtcObject endpoint, Call call) {
        if (endpoint.pipeline().links().into(endpoint, MediaType.VIDEO).isEmpty()) {
            throw Refusal.notSupported("Keyframe request failed (must be requested from a subscriber element)");
        }
        return endpoint.engine().change(endpoint.media()::requestKeyframe).map(done -> Wire.nothing());
    }
}
