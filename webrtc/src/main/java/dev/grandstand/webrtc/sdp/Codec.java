package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.MediaKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A payload format of one m-section.
 *
 * @param payloadType 0–127, dynamic ones differ from peer to peer
 * @param name encoding name of its {@code rtpmap}, as written
 * @param clockRate RTP clock in Hz
 * @param channels 1 unless the {@code rtpmap} says more
 * @param parameters its {@code fmtp}, empty if none
 * @param feedback its {@code rtcp-fb} values in their order, such as {@code nack pli}
 */
public record Codec(
        int payloadType, String name, int clockRate, int channels, String parameters, List<String> feedback) {

    private static final List<String> FEEDBACK = List.of("goog-remb", "ccm fir", "nack", "nack pli");

    public Codec {
        feedback = List.copyOf(feedback);
    }

    /** Whether we can carry it: VP8, H264 and Opus. */
    public boolean usable(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> is("opus") && clockRate == 48_000 && channels == 2;
            case VIDEO -> (is("VP8") || is("H264")) && clockRate == 90_000;
        };
    }

    public boolean is(String encoding) {
        return name.equalsIgnoreCase(encoding);
    }

    /** The same codec with only the feedback that we act on. */
    public Codec withUsableFeedback() {
        return new Codec(
                payloadType,
                name,
                clockRate,
                channels,
                parameters,
                feedback.stream().filter(FEEDBACK::contains).toList());
    }

    /**
     * Whether what one peer sends as this codec can be decoded by another who announced {@code other}, whatever the
     * payload types. H264 must agree on packetization mode and profile (RFC 6184 section 8.2.2); levels are taken to
     * suffice, as browsers allow asymmetry.
     */
    public boolean interchangeableWith(Codec other) {
        if (!is(other.name) || clockRate != other.clockRate || channels != other.channels) {
            return false;
        }
        if (!is("H264")) {
            return true;
        }
        var ours = parameterMap();
        var theirs = other.parameterMap();
        return ours.getOrDefault("packetization-mode", "0").equals(theirs.getOrDefault("packetization-mode", "0"))
                && profile(ours).equals(profile(theirs));
    }

    /** profile_idc and profile-iop without the level. */
    private static String profile(Map<String, String> parameters) {
        String id = parameters.getOrDefault("profile-level-id", "420010").toLowerCase(Locale.ROOT);
        if (id.length() != 6) {
            return id;
        }
        // Baseline that keeps to constraint_set1 is constrained baseline, whatever else it keeps to (RFC 6184 section
        // 8.1).
        boolean constrained = id.startsWith("42") && (Character.digit(id.charAt(2), 16) & 4) != 0;
        return constrained ? "42e0" : id.substring(0, 4);
    }

    private Map<String, String> parameterMap() {
        var map = new HashMap<String, String>();
        for (String parameter : parameters.split(";")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                map.put(
                        parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        parameter.substring(equals + 1).strip());
            }
        }
        return map;
    }

    String rtpmap() {
        return payloadType + " " + name + "/" + clockRate + (channels > 1 ? "/" + channels : "");
    }
}
