package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.dtls.Fingerprint;
import java.util.List;
import java.util.Optional;

/**
 * One m-section of a session description, with the session's attributes where it has none of its own.
 *
 * @param type the media field: {@code audio}, {@code video}, {@code application}
 * @param port 0 means rejected
 * @param formats the payload types, as written
 * @param mid empty if there is none
 * @param ssrcs those of its {@code ssrc} attributes without repetition, unsigned
 * @param candidates attribute values with the {@code candidate:} prefix
 */
public record MediaSection(
        String type,
        int port,
        String protocol,
        List<String> formats,
        String mid,
        Direction direction,
        Optional<Setup> setup,
        Optional<String> iceUfrag,
        Optional<String> icePassword,
        Optional<Fingerprint> fingerprint,
        boolean rtcpMux,
        List<Codec> codecs,
        List<Extension> extensions,
        List<Long> ssrcs,
        List<String> candidates) {

    public MediaSection {
        formats = List.copyOf(formats);
        codecs = List.copyOf(codecs);
        extensions = List.copyOf(extensions);
        ssrcs = List.copyOf(ssrcs);
        candidates = List.copyOf(candidates);
    }

    /** Audio or video; empty for everything else. */
    public Optional<MediaKind> kind() {
        return switch (type) {
            case "audio" -> Optional.of(MediaKind.AUDIO);
            case "video" -> Optional.of(MediaKind.VIDEO);
            default -> Optional.empty();
        };
    }

    /** Its codecs that we can carry, in its order. */
    public List<Codec> usableCodecs() {
        return kind().map(kind ->
                        codecs.stream().filter(codec -> codec.usable(kind)).toList())
                .orElse(List.of());
    }

    /** The id of an extension, 0 if it is not there. */
    public int extensionId(String uri) {
        return extensions.stream()
                .filter(extension -> extension.uri().equals(uri))
                .mapToInt(Extension::id)
                .findFirst()
                .orElse(0);
    }
}
