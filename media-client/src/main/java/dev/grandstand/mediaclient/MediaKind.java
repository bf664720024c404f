package dev.grandstand.mediaclient;

/** What flows. */
public enum MediaKind {
    /** Sound. */
    AUDIO,
    /** Picture. */
    VIDEO
}
