package dev.grandstand.mediaclient;

import dev.grandstand.protocol.VideoCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps all video of a room to its one codec. Nodes and browsers that differ in their favourite would otherwise agree on one
 * that the publisher does not send, and transcode or show nothing. H.264 is kept to the one form that everybody has:
 * constrained baseline (RFC 6184 section 8.1: profile_idc 66 with constraint_set1_flag) with packetization mode 1.
 */
public final class OneVideoCodec {

    /** Codecs whose packets belong to another codec's, and are useless without it. */
    private static final String RETRANSMISSION = "rtx";

    private static final Pattern PACKETIZATION_MODE_1 = Pattern.compile("[ ;]packetization-mode=1(?:;|$)");
    private static final Pattern CONSTRAINED_BASELINE =
            Pattern.compile("[ ;]profile-level-id=42[4-7c-f][0-9a-f]{3}(?:;|$)", Pattern.CASE_INSENSITIVE);

    private final VideoCodec codec;

    private OneVideoCodec(VideoCodec codec) {
        this.codec = codec;
    }

    /** Keeps to that one. */
    public static OneVideoCodec of(VideoCodec codec) {
        return new OneVideoCodec(codec);
    }

    /**
     * The description with no other video codec in it (RFC 8866: a format is named in its {@code m=} line and described by
     * the attributes that begin with its number). Where nothing is said of any format, nothing is left out either: whoever
     * reads that will refuse it.
     *
     * @param sdp lines that end with CRLF
     * @return empty if there is video that does not have the codec
     */
    public Optional<String> only(String sdp) {
        var out = new StringBuilder(sdp.length());
        for (var section : sections(sdp)) {
            boolean video = isVideo(section);
            Set<String> kept = video ? formats(section) : Set.of();
            if (video && kept.isEmpty()) {
                return Optional.empty();
            }
            for (String line : section) {
                if (!video || !isFormat(line) || kept.contains(format(line))) {
                    out.append(video ? media(line, kept) : line).append("\r\n");
                }
            }
        }
        return Optional.of(out.toString());
    }

    private static List<List<String>> sections(String sdp) {
        var sections = new ArrayList<List<String>>();
        for (String line : sdp.lines().toList()) {
            if (sections.isEmpty() || line.startsWith("m=")) {
                sections.add(new ArrayList<>());
            }
            sections.getLast().add(line);
        }
        return sections;
    }

    private static boolean isVideo(List<String> section) {
        var media = section.getFirst();
        return media.startsWith("m=video ")
                && !media.startsWith("m=video 0 ")
                && section.stream().anyMatch(line -> line.startsWith("a=rtpmap:"));
    }

    /** The payload types of this codec, and of the retransmissions of those. */
    private Set<String> formats(List<String> section) {
        var kept = section.stream()
                .filter(line -> line.startsWith("a=rtpmap:")
                        && line.toUpperCase(Locale.ROOT).contains(" " + codec.name() + "/"))
                .map(OneVideoCodec::format)
                .filter(type -> codec != VideoCodec.H264 || isCommonForm(section, type))
                .collect(Collectors.toCollection(HashSet::new));
        var resent = section.stream()
                .filter(line -> line.startsWith("a=rtpmap:") && line.contains(" " + RETRANSMISSION + "/"))
                .map(OneVideoCodec::format)
                .filter(rtx -> section.stream()
                        .anyMatch(line -> line.startsWith("a=fmtp:" + rtx + " ")
                                && kept.stream().anyMatch(type -> line.endsWith("apt=" + type))))
                .toList();
        kept.addAll(resent);
        return kept;
    }

    private static boolean isCommonForm(List<String> section, String type) {
        return section.stream()
                .filter(line -> line.startsWith("a=fmtp:" + type + " "))
                .anyMatch(line -> PACKETIZATION_MODE_1.matcher(line).find()
                        && CONSTRAINED_BASELINE.matcher(line).find());
    }

    private static boolean isFormat(String line) {
        return line.startsWith("a=rtpmap:") || line.startsWith("a=fmtp:") || line.startsWith("a=rtcp-fb:");
    }

    /** {@code a=rtpmap:96 VP8/90000} → 96. */
    private static String format(String line) {
        int colon = line.indexOf(':');
        int end = line.indexOf(' ', colon);
        return end < 0 ? line.substring(colon + 1) : line.substring(colon + 1, end);
    }

    private static String media(String line, Set<String> kept) {
        if (!line.startsWith("m=")) {
            return line;
        }
        String[] parts = line.split(" ");
        var words = new ArrayList<>(List.of(parts).subList(0, 3));
        List.of(parts).subList(3, parts.length).stream().filter(kept::contains).forEach(words::add);
        return String.join(" ", words);
    }
}
