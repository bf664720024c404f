package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grandstand.relay.media.RtcStats;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers of {@code getStats}: a map from stats id to stats. Latencies are not measured, so their lists are empty, as
 * Kurento's are while latency statistics are off.
 */
final class StatsReport {

    private StatsReport() {}

    static JsonNode ofElement(String elementId, long now) {
        var report = Wire.object();
        report.set(elementId, element("ElementStats", "element", elementId, now));
        return report;
    }

    /** @param type only of this type; data has no streams */
    static JsonNode ofEndpoint(String endpointId, RtcStats stats, Optional<MediaType> type, long now) {
        var report = Wire.object();
        var endpoint = element("EndpointStats", "endpoint", endpointId, now);
        endpoint.set("E2ELatency", Wire.array());
        report.set(endpointId, endpoint);
        stats.inbound().stream()
                .filter(stream -> wanted(MediaType.of(stream.kind()), type))
                .map(stream -> inbound(streamId(endpointId, "in", stream.ssrc()), stream, now))
                .forEach(stream -> report.set(stream.get("id").textValue(), stream));
        stats.outbound().stream()
                .filter(stream -> wanted(MediaType.of(stream.kind()), type))
                .map(stream -> outbound(streamId(endpointId, "out", stream.ssrc()), stream, now))
                .forEach(stream -> report.set(stream.get("id").textValue(), stream));
        return report;
    }

    private static boolean wanted(MediaType type, Optional<MediaType> only) {
        return only.map(type::equals).orElse(true);
    }

    private static ObjectNode element(String struct, String type, String id, long now) {
        var stats = Wire.struct(struct).put("id", id).put("type", type).put("timestampMillis", now);
        stats.set("inputLatency", Wire.array());
        return stats;
    }

    private static ObjectNode inbound(String id, RtcStats.Inbound in, long now) {
        return stream("RTCInboundRTPStreamStats", "inboundrtp", id, in.ssrc(), now)
                .put("bytesReceived", in.bytes())
                .put("packetsReceived", in.packets())
                .put("packetsLost", in.packetsLost())
                .put("fractionLost", in.fractionLost())
                .put("jitter", in.jitterSeconds())
                .put("nackCount", in.nackCount())
                .put("pliCount", in.pliCount())
                .put("firCount", in.firCount())
                .put("remb", in.rembBitsPerSecond());
    }

    private static ObjectNode outbound(String id, RtcStats.Outbound out, long now) {
        return stream("RTCOutboundRTPStreamStats", "outboundrtp", id, out.ssrc(), now)
                .put("bytesSent", out.bytes())
                .put("packetsSent", out.packets())
                .put("packetsLost", out.packetsLost())
                .put("fractionLost", out.fractionLost())
                .put("roundTripTime", out.roundTripSeconds())
                .put("targetBitrate", 0)
                .put("nackCount", out.nackCount())
                .put("pliCount", out.pliCount())
                .put("firCount", out.firCount())
                .put("remb", out.rembBitsPerSecond());
    }

    private static ObjectNode stream(String struct, String type, String id, long ssrc, long now) {
        return Wire.struct(struct)
                .put("id", id)
                .put("type", type)
                .put("timestampMillis", now)
                .put("ssrc", Long.toString(ssrc))
                .put("isRemote", false)
                .put("sliCount", 0)
                .put("associateStatsId", "")
                .put("codecId", "")
                .put("mediaTrackId", "")
                .put("transportId", "");
    }

    /** The same in every report of one stream, without a table of ids that would have to be kept. */
    private static String streamId(String endpointId, String direction, long ssrc) {
        var name = endpointId + "/" + direction + "/" + ssrc;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
