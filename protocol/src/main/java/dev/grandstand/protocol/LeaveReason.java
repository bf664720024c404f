package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a participant is no longer in a room. */
public enum LeaveReason {
    /** The participant said so. */
    @JsonProperty("left")
    LEFT,
    /** The participant's connection ended without a word. */
    @JsonProperty("disconnected")
    DISCONNECTED,
    /** The signaling instance that held the connection died. */
    @JsonProperty("instance-lost")
    INSTANCE_LOST
}
