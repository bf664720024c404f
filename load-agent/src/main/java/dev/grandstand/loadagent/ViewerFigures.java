package dev.grandstand.loadagent;

import java.time.Duration;

/**
 * What one viewer received so far, over all streams that it watches and watched.
 *
 * @param streams watched now
 * @param packets RTP, sound and picture
 * @param bytes of these packets
 * @param packetsLost that never came, not even when asked for again
 * @param frames complete pictures
 * @param keyframes complete ones
 * @param failures views that were refused or whose connection ended
 * @param milestones of the first stream
 * @param picture what a decoder would have missed
 * @param repair of lost packets
 * @param jitter of the picture's packets (RFC 3550 section 6.4.1), the worst stream's
 * @param delayMedian of marked frames, from being sent to being complete; zero if there are none
 * @param delayP99 of marked frames
 */
public record ViewerFigures(
        int streams,
        long packets,
        long bytes,
        long packetsLost,
        long frames,
        long keyframes,
        int failures,
        Milestones milestones,
        PictureFigures picture,
        RepairFigures repair,
        Duration jitter,
        Duration delayMedian,
        Duration delayP99) {}
