package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grandstand.relay.media.Bandwidth;
import dev.grandstand.relay.media.NegotiationRefused;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/** Offer, answer and bandwidths: the operations that Kurento has on {@code SdpEndpoint} and {@code BaseRtpEndpoint}. */
final class SdpOperations {

    static final OperationTable<WebRtcObject> TABLE = bandwidths(
                    OperationTable.<WebRtcObject>builder().extending(ElementOperations.TABLE))
            .async("processOffer", SdpOperations::processOffer)
            .async("generateOffer", SdpOperations::generateOffer)
            .async("processAnswer", SdpOperations::processAnswer)
            .async("getLocalSessionDescriptor", SdpOperations::localDescription)
            .async("getRemoteSessionDescriptor", SdpOperations::remoteDescription)
            .build();

    private SdpOperations() {}

    /** One step of a negotiation. */
    @FunctionalInterface
    private interface Step {
        String run() throws NegotiationRefused;
    }

    private static Future<JsonNode> processOffer(WebRtcObject endpoint, Call call) {
        var offer = call.arguments().text("offer");
        if (offer.isEmpty()) {
            throw new Refusal(ErrorKind.SDP_PARSE_ERROR, "Empty offer not valid");
        }
        return negotiate(endpoint, () -> endpoint.media().processOffer(offer))
                .onSuccess(answer -> endpoint.sections(MediaSections.of(offer)))
                .map(endpoint.announced()::applyToDescription)
                .map(Wire::text);
    }

    private static Future<JsonNode> generateOffer(WebRtcObject endpoint, Call call) {
        var options = call.arguments().optionalObject("options");
        var audio = options.map(o -> wanted(o, "offerToReceiveAudio")).orElse(true);
        var video = options.map(o -> wanted(o, "offerToReceiveVideo")).orElse(true);
        return negotiate(endpoint, () -> endpoint.media().generateOffer(audio, video))
                .onSuccess(offer -> endpoint.sections(MediaSections.of(offer)))
                .map(Wire::text);
    }

    private static Future<JsonNode> processAnswer(WebRtcObject endpoint, Call call) {
        var answer = call.arguments().text("answer");
        if (answer.isEmpty()) {
            throw new Refusal(ErrorKind.SDP_PARSE_ERROR, "Empty answer not valid");
        }
        return negotiate(endpoint, () -> endpoint.media().processAnswer(answer)).map(Wire::text);
    }

    private static Future<JsonNode> localDescription(WebRtcObject endpoint, Call call) {
        return negotiate(endpoint, endpoint.media()::localDescription)
                .map(endpoint.announced()::applyToDescription)
                .map(Wire::text);
    }

    private static Future<JsonNode> remoteDescription(WebRtcObject endpoint, Call call) {
        return negotiate(endpoint, endpoint.media()::remoteDescription).map(Wire::text);
    }

    private static boolean wanted(ObjectNode options, String name) {
        return options.path(name).asBoolean(true);
    }

    private static Future<String> negotiate(WebRtcObject endpoint, Step step) {
        return endpoint.engine()
                .call(step::run)
                .recover(failure -> Future.failedFuture(
                        failure instanceof NegotiationRefused refused ? refusal(refused) : failure));
    }

    private static Refusal refusal(NegotiationRefused refused) {
        return switch (refused.reason()) {
            case BAD_SDP -> new Refusal(ErrorKind.SDP_PARSE_ERROR, "Invalid SDP");
            case NO_LOCAL_SDP -> new Refusal(ErrorKind.SDP_END_POINT_NO_LOCAL_SDP_ERROR, "No local SDP");
            case NO_REMOTE_SDP -> new Refusal(ErrorKind.SDP_END_POINT_NO_REMOTE_SDP_ERROR, "No remote SDP");
            case ALREADY_NEGOTIATED ->
                new Refusal(ErrorKind.SDP_END_POINT_ALREADY_NEGOTIATED, "Endpoint already negotiated");
            case ANSWER_WITHOUT_OFFER ->
                new Refusal(
                        ErrorKind.SDP_END_POINT_NOT_OFFER_GENERATED,
                        "Offer not generated. It is not possible to process an answer.");
        };
    }

    private static OperationTable.Builder<WebRtcObject> bandwidths(OperationTable.Builder<WebRtcObject> table) {
        bandwidth(table, "MaxVideoSendBandwidth", Bandwidth::maxVideoSend, Bandwidth::withMaxVideoSend);
        bandwidth(table, "MinVideoSendBandwidth", Bandwidth::minVideoSend, Bandwidth::withMinVideoSend);
        bandwidth(table, "MaxVideoRecvBandwidth", Bandwidth::maxVideoRecv, Bandwidth::withMaxVideoRecv);
        bandwidth(table, "MinVideoRecvBandwidth", Bandwidth::minVideoRecv, SdpOperations::withMinVideoRecv);
        bandwidth(table, "MaxAudioRecvBandwidth", Bandwidth::maxAudioRecv, Bandwidth::withMaxAudioRecv);
        ElementOperations.setting(table, "Mtu", Wire.number(1_200));
        ElementOperations.setting(table, "RembParams", Wire.struct("RembParams"));
        return table;
    }

    private static void bandwidth(
            OperationTable.Builder<WebRtcObject> table,
            String name,
            ToIntFunction<Bandwidth> get,
            BiFunction<Bandwidth, Integer, Bandwidth> with) {
        var parameter = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        table.get(
                "get" + name,
                endpoint -> Wire.number(get.applyAsInt(endpoint.media().bandwidth())));
        table.run("set" + name, (endpoint, arguments) -> endpoint.media()
                .bandwidth(with.apply(endpoint.media().bandwidth(), arguments.integer(parameter))));
    }

    /** A minimum above the maximum is ignored, without an error. */
    private static Bandwidth withMinVideoRecv(Bandwidth limits, int kbps) {
        return limits.maxVideoRecv() > 0 && kbps > limits.maxVideoRecv() ? limits : limits.withMinVideoRecv(kbps);
    }
}
