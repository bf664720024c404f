package dev.grandstand.loadagent;

import java.time.Duration;

/**
 * What a decoder would have missed.
 *
 * @param incomplete frames of which packets never came
 * @param decoded frames that could be shown: complete, and everything that they build on, too
 * @param freezes times between two of these of more than 150 ms
 * @param frozen all freezes together
 * @param longestGap between two decoded frames
 */
public record PictureFigures(long incomplete, long decoded, long freezes, Duration frozen, Duration longestGap) {}
