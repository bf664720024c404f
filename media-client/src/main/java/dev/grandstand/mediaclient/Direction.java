package dev.grandstand.mediaclient;

/** What an endpoint is for. */
public enum Direction {
    /** It receives a browser's media. */
    PUBLISH,
    /** It sends another endpoint's media to a browser. */
    VIEW
}
