package dev.grandstand.webrtc.sdp;

import dev.grandstand.webrtc.MediaKind;
import java.util.List;

/**
 * What was agreed for one kind of media.
 *
 * @param mid of its m-section
 * @param index of its m-section, from 0
 * @param sending whether we may send
 * @param receiving whether the peer may send
 * @param codecs those that both sides have, with the peer's payload types
 * @param absSendTimeId id of that header extension, 0 if it is not used
 * @param localSsrc ours
 * @param remoteSsrcs those that the peer announced; empty if it will come with one unannounced
 */
public record NegotiatedMedia(
        MediaKind kind,
        String mid,
        int index,
        boolean sending,
        boolean receiving,
        List<Codec> codecs,
        int absSendTimeId,
        long localSsrc,
        List<Long> remoteSsrcs) {

    /** What may flow, as we see it. */
    public Direction direction() {
        return Direction.of(sending, receiving);
    }

    public NegotiatedMedia {
        codecs = List.copyOf(codecs);
        remoteSsrcs = List.copyOf(remoteSsrcs);
    }
}
