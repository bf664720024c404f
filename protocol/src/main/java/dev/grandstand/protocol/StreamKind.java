package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a stream shows. */
public enum StreamKind {
    /** A camera and a microphone, either of which may be absent. */
    @JsonProperty("camera")
    CAMERA,
    /** A shared screen. */
    @JsonProperty("screen")
    SCREEN
}
