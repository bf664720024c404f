package dev.grandstand.loadagent;

import java.time.Duration;
import java.util.Optional;

/**
 * When a viewer got how far, from opening its socket; a step that was not reached is zero.
 *
 * @param opened the WebSocket is open
 * @param joined the room was entered
 * @param answered the media node's answer to the first view has come
 * @param connected ICE and DTLS are done
 * @param firstPacket of any kind
 * @param firstKeyframe the first keyframe is complete
 */
public record Milestones(
        Duration opened,
        Duration joined,
        Duration answered,
        Duration connected,
        Duration firstPacket,
        Duration firstKeyframe) {

    static final Milestones NONE =
            new Milestones(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Until a browser could show the first picture. */
    public Optional<Duration> toFirstPicture() {
        return firstKeyframe.isZero() ? Optional.empty() : Optional.of(firstKeyframe);
    }
}
