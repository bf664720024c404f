package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;

/**
 * A node of the media graph. A source may have any number of sinks; a sink has at most one source per kind. Elements of
 * two engines cannot be connected.
 */
public interface MediaElement {

    /**
     * Makes this element the source of {@code sink} for one kind, in place of whatever was its source before. The sink's
     * receiver sees one continuous stream: sequence numbers, timestamps and picture ids go on, the new source is asked
     * for a keyframe, and nothing of its video is forwarded before that keyframe. Connecting what is connected does
     * nothing. Throws nothing; connecting released elements has no effect.
     */
    void connect(MediaElement sink, MediaKind kind);

    /** Ends the connection if it exists. */
    void disconnect(MediaElement sink, MediaKind kind);

    /** Asks whoever produces this element's video for a keyframe; requests are merged and throttled upstream. */
    void requestKeyframe();

    /** Disconnects the element from everything and frees what it holds. Idempotent. */
    void release();
}
