package dev.grandstand.protocol;

/**
 * What somebody may do of themselves, without anybody's invitation.
 *
 * @param publish publish streams
 * @param chat say something
 * @param moderate keep order: invite, mute, kick, ban, lock, close
 */
public record Grants(boolean publish, boolean chat, boolean moderate) {

    /** What everybody may where nobody has to show a token. */
    public static final Grants OPEN = new Grants(true, true, false);

    /** The same, and keeping order. */
    public Grants moderating() {
        return new Grants(publish, chat, true);
    }

    /** The same, and saying something. */
    public Grants chatting() {
        return new Grants(publish, true, moderate);
    }

    /** The same, but publishing only when invited. */
    public Grants withoutPublishing() {
        return new Grants(false, chat, moderate);
    }
}
