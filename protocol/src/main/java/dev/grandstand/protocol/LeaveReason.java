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
    /** The participant was disconnected and did not come back within the grace time. */
    @JsonProperty("expired")
    EXPIRED,
    /** A moderator showed the participant out. */
    @JsonProperty("kicked")
    KICKED,
    /** A moderator showed the participant out for the rest of the room's life. */
    @JsonProperty("banned")
    BANNED,
    /** The room was closed with the participant inside. */
    @JsonProperty("room-closed")
    ROOM_CLOSED
}
