package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a participant may do in a room. */
public enum Role {
    /** Publishes streams. */
    @JsonProperty("presenter")
    PRESENTER,
    /** Watches. */
    @JsonProperty("viewer")
    VIEWER,
    /** Keeps order. */
    @JsonProperty("moderator")
    MODERATOR
}
