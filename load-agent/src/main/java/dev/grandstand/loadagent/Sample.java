package dev.grandstand.loadagent;

/**
 * How an audience fares at one second of a run. Rates and counts are of the time since the sample before.
 *
 * @param second since the run began
 * @param entered viewers who are in the room
 * @param withPicture of these, who have had a complete keyframe
 * @param refused viewers who did not get in, since the run began
 * @param megabitsPerSecond received, RTP headers and payloads
 * @param framesPerSecond complete ones
 * @param packetsLost that never came; negative where a late one made good for an earlier loss
 * @param incomplete frames given up
 * @param freezes between decoded frames, of more than 150 ms
 * @param jitterMs the worst viewer's
 * @param delayMedianMs of marked frames; 0 if there were none
 * @param delayP99Ms of marked frames
 * @param cpuPercent of one core, this process
 * @param memoryMib resident, this process
 */
public record Sample(
        double second,
        int entered,
        int withPicture,
        int refused,
        double megabitsPerSecond,
        double framesPerSecond,
        long packetsLost,
        long incomplete,
        long freezes,
        double jitterMs,
        double delayMedianMs,
        double delayP99Ms,
        double cpuPercent,
        double memoryMib) {}
