package dev.grandstand.loadagent;

/**
 * What one viewer received so far, over all streams that it watches.
 *
 * @param streams watched now
 * @param packets RTP, sound and picture
 * @param bytes of these packets
 * @param packetsLost that never came, not even when asked for again
 * @param frames complete pictures
 * @param keyframes complete ones
 * @param failures views that were refused or whose connection ended
 * @param milestones of the first stream
 */
public record ViewerFigures(
        int streams,
        long packets,
        long bytes,
        long packetsLost,
        long frames,
        long keyframes,
        int failures,
        Milestones milestones) {}
