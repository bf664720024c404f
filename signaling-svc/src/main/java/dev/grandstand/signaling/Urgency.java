package dev.grandstand.signaling;

/** How much hangs on a negotiation with a media node: the first comes first. */
enum Urgency {
    /** A stream that everybody in its room waits for. */
    PUBLISH,
    /** Somebody watches what is there, or mends a connection. */
    VIEW,
    /** Somebody will watch what is not there yet. */
    AHEAD
}
