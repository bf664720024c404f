package dev.grandstand.protocol;

/**
 * How somebody stands in a room: what they may do now.
 *
 * @param publish may publish streams: by a grant or by an invitation
 * @param chat may say something: granted, and not muted
 * @param moderate may keep order
 * @param handRaised waits to be invited
 * @param invited holds a place on the stage until stepping down
 * @param microphoneMuted a moderator muted the microphone
 */
public record Standing(
        boolean publish, boolean chat, boolean moderate, boolean handRaised, boolean invited, boolean microphoneMuted) {

    /** Somebody without any right who has done nothing yet. */
    public static final Standing NONE = new Standing(false, false, false, false, false, false);
}
