package dev.grandstand.loadagent;

import java.util.List;

/** Frames of a publisher's picture, one after another. One thread. */
interface Pictures {

    /**
     * One frame.
     *
     * @param payloads of its RTP packets (RFC 7741 or RFC 6184); the last one wants the marker
     * @param timestamp in 1/90,000 s
     * @param nanos until the next one is due
     */
    record Frame(List<byte[]> payloads, int timestamp, boolean keyframe, long nanos) {}

    /**
     * The next frame.
     *
     * @param keyframe whether it has to be one
     * @param allowed bits per second that the other side can receive
     */
    Frame next(boolean keyframe, long allowed);
}
