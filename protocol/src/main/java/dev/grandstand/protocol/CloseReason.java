package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a room closed. */
public enum CloseReason {
    /** The last one left. */
    @JsonProperty("empty")
    EMPTY,
    /** A moderator or an operator closed it; whoever was inside is outside now. */
    @JsonProperty("closed")
    CLOSED
}
