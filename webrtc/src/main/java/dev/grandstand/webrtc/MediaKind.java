package dev.grandstand.webrtc;

/** The two kinds of media that are carried. */
public enum MediaKind {
    AUDIO,
    VIDEO
}
