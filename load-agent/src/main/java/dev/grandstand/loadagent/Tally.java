package dev.grandstand.loadagent;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcPeerStats;
import java.time.Duration;

/** Adds up what watches received: one viewer's, or a whole audience's. One thread. */
final class Tally {

    private int streams;
    private long packets;
    private long bytes;
    private long lost;
    private long frames;
    private long keyframes;
    private long incomplete;
    private long decoded;
    private long freezes;
    private Duration frozen = Duration.ZERO;
    private Duration longestGap = Duration.ZERO;
    private long missed;
    private long repaired;
    private long nacks;
    private long keyframeRequests;
    private double jitterSeconds;
    private final DelayHistogram delays = new DelayHistogram();

    /** @param now {@link System#nanoTime} up to which a freeze lasts */
    void add(RtcPeerStats stats, FrameCounter counter, long now) {
        streams++;
        for (var received : stats.received().values()) {
            packets += received.packets();
            bytes += received.bytes();
            lost += received.packetsLost();
        }
        var video = stats.received().get(MediaKind.VIDEO);
        if (video != null) {
            missed += video.packetsMissed();
            repaired += video.packetsRepaired();
            nacks += video.nacksSent();
            keyframeRequests += video.keyframeRequestsSent();
            jitterSeconds = Math.max(jitterSeconds, video.jitterSeconds());
        }
        var decoder = counter.decoder();
        frames += counter.frames();
        keyframes += counter.keyframes();
        incomplete += decoder.incomplete();
        decoded += decoder.decoded();
        freezes += decoder.freezes(now);
        frozen = frozen.plus(decoder.frozenFor(now));
        longestGap = longer(longestGap, decoder.longestGap(now));
        delays.add(decoder.delays());
    }

    void add(Tally other) {
        streams += other.streams;
        packets += other.packets;
        bytes += other.bytes;
        lost += other.lost;
        frames += other.frames;
        keyframes += other.keyframes;
        incomplete += other.incomplete;
        decoded += other.decoded;
        freezes += other.freezes;
        frozen = frozen.plus(other.frozen);
        longestGap = longer(longestGap, other.longestGap);
        missed += other.missed;
        repaired += other.repaired;
        nacks += other.nacks;
        keyframeRequests += other.keyframeRequests;
        jitterSeconds = Math.max(jitterSeconds, other.jitterSeconds);
        delays.add(other.delays);
    }

    /** The same, watched no more. */
    Tally ended() {
        streams = 0;
        return this;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    DelayHistogram delays() {
        return delays;
    }

    ViewerFigures figures(int failures, Milestones milestones) {
        return new ViewerFigures(
                streams,
                packets,
                bytes,
                lost,
                frames,
                keyframes,
                failures,
                milestones,
                new PictureFigures(incomplete, decoded, freezes, frozen, longestGap),
                new RepairFigures(missed, repaired, nacks, keyframeRequests),
                Duration.ofNanos((long) (jitterSeconds * 1e9)),
                delays.percentile(50),
                delays.percentile(99));
    }
}
