package dev.grandstand.mediaclient.kurento;

import java.util.regex.Pattern;

/** The little of SDP that has to be checked here, because Kurento accepts offers without usable media in silence. */
final class Sdp {

    private static final Pattern MEDIA = Pattern.compile("^m=", Pattern.MULTILINE);

    /** A media section with port 0 is a rejected one (RFC 3264 section 6). */
    private static final Pattern ACCEPTED_MEDIA = Pattern.compile("^m=\\S+ [1-9]\\d* ", Pattern.MULTILINE);

    private static final Pattern CANDIDATE = Pattern.compile("^a=candidate:", Pattern.MULTILINE);

    private Sdp() {}

    static boolean isOffer(String sdp) {
        return sdp.startsWith("v=0") && MEDIA.matcher(sdp).find();
    }

    static boolean hasMedia(String answer) {
        return ACCEPTED_MEDIA.matcher(answer).find();
    }

    /** Kurento gathers when it is told to; a relay's are all there with its answer. */
    static boolean hasCandidates(String answer) {
        return CANDIDATE.matcher(answer).find();
    }
}
