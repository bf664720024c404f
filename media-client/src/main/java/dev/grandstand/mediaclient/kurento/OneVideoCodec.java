package dev.grandstand.mediaclient.kurento;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps all video to one codec. Nodes and browsers that differ in their favourite would otherwise agree on one that the
 * publisher does not send, and transcode or show nothing.
 */
final class OneVideoCodec {

    /** What every browser and every node has. */
    static final OneVideoCodec VP8 = new OneVideoCodec("VP8");

    private final String name;

    OneVideoCodec(String name) {
        this.name = name;
    }

    /** Codecs whose packets belong to another codec's, and are useless without it. */
    private static final String RETRANSMISSION = "rtx";

    /**
     * The description with no other video codec in it (RFC 8866: a format is named in its {@code m=} line and described by
     * the attributes that begin with its number). A section that does not have the codec is left as it is, for whoever
     * reads it to refuse.
     *
     * @param sdp lines that end with CRLF
     */
    String only(String sdp) {
        var out = new StringBuilder(sdp.length());
        var section = new ArrayList<String>();
        for (String line : sdp.lines().toList()) {
            if (line.startsWith("m=")) {
                write(out, section);
                section.clear();
            }
            section.add(line);
        }
        write(out, section);
        return out.toString();
    }

    private void write(StringBuilder out, List<String> section) {
        Set<String> kept =
                section.isEmpty() || !section.getFirst().startsWith("m=video ") ? Set.of() : formats(section);
        for (String line : section) {
            if (kept.isEmpty() || !isFormat(line) || kept.contains(format(line))) {
                out.append(kept.isEmpty() ? line : media(line, kept)).append("\r\n");
            }
        }
    }

    /** The payload types of this codec, and of the retransmissions of those. */
    private Set<String> formats(List<String> section) {
        var kept = new HashSet<String>();
        section.stream()
                .filter(line -> line.startsWith("a=rtpmap:")
                        && line.toUpperCase(Locale.ROOT).contains(" " + name + "/"))
                .forEach(line -> kept.add(format(line)));
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
