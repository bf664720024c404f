package dev.grandstand.relay.media;

import java.util.List;

/** Puts candidates into each accepted m-section of a description. */
final class DescriptionWithCandidates {

    private DescriptionWithCandidates() {}

    static String of(String sdp, List<String> candidates) {
        var out = new StringBuilder(sdp.length() + 512);
        boolean accepted = false;
        for (String line : sdp.lines().toList()) {
            if (line.startsWith("m=")) {
                append(out, accepted, candidates);
                accepted = !line.split(" ")[1].equals("0");
            }
            out.append(line).append("\r\n");
        }
        append(out, accepted, candidates);
        return out.toString();
    }

    private static void append(StringBuilder out, boolean accepted, List<String> candidates) {
        if (accepted) {
            candidates.forEach(candidate -> out.append("a=").append(candidate).append("\r\n"));
        }
    }
}
