package dev.grandstand.loadagent;

/**
 * What was missing of the picture, and what was done about it.
 *
 * @param missed packets that were not merely overtaken
 * @param repaired of these, that came after they had been asked for
 * @param nacks messages that asked for packets
 * @param keyframeRequests messages that asked for a keyframe (PLI)
 */
public record RepairFigures(long missed, long repaired, long nacks, long keyframeRequests) {}
