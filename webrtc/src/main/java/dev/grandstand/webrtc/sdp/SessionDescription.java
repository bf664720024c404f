package dev.grandstand.webrtc.sdp;

import java.util.List;

/**
 * A session description (RFC 8866), reduced to what WebRTC with audio and video needs.
 *
 * @param bundle mids of the BUNDLE group (RFC 8843), empty if there is none
 * @param media the m-sections in their order
 * @param mixedExtensions whether {@code extmap-allow-mixed} is there (RFC 8285 section 6)
 * @param msidSemantic value of {@code msid-semantic}, empty if there is none
 */
public record SessionDescription(
        List<String> bundle, List<MediaSection> media, boolean mixedExtensions, String msidSemantic) {

    public SessionDescription {
        bundle = List.copyOf(bundle);
        media = List.copyOf(media);
    }

    /**
     * Reads a description.
     *
     * @throws SdpException if it is malformed; unknown attributes are no error
     */
    public static SessionDescription parse(String text) throws SdpException {
        return new SdpParser(text).parse();
    }
}
