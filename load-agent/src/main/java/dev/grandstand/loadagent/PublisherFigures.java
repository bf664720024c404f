package dev.grandstand.loadagent;

/**
 * What one publisher sent so far.
 *
 * @param packets RTP, sound and picture, without retransmissions
 * @param bytes of their payloads
 * @param frames pictures
 * @param keyframes among them
 * @param keyframeRequests that came from the media node (PLI, FIR)
 * @param retransmissions packets sent again because they were asked for
 * @param connected whether packets can be sent now
 * @param waiting whether it waits for a seat
 */
public record PublisherFigures(
        long packets,
        long bytes,
        long frames,
        long keyframes,
        long keyframeRequests,
        long retransmissions,
        boolean connected,
        boolean waiting) {}
