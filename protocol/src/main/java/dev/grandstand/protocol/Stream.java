package dev.grandstand.protocol;

/**
 * Media that a presenter publishes into a room.
 *
 * @param id unique in the room
 * @param participant who publishes it
 * @param kind what it shows
 * @param source where its media is; never sent to clients
 * @param muted what of it is silent or dark
 */
public record Stream(StreamId id, ParticipantId participant, StreamKind kind, MediaLocation source, Muted muted) {

    /**
     * Which of a stream's media the presenter holds back; it goes on nevertheless.
     *
     * @param audio the microphone is off
     * @param video the camera is off
     */
    public record Muted(boolean audio, boolean video) {

        /** Everything is on. */
        public static final Muted NOTHING = new Muted(false, false);
    }

    /** With everything on. */
    public Stream(StreamId id, ParticipantId participant, StreamKind kind, MediaLocation source) {
        this(id, participant, kind, source, Muted.NOTHING);
    }

    /** The same stream from another endpoint. */
    public Stream from(MediaLocation elsewhere) {
        return new Stream(id, participant, kind, elsewhere, muted);
    }

    /** The same stream with this held back. */
    public Stream with(Muted now) {
        return new Stream(id, participant, kind, source, now);
    }
}
