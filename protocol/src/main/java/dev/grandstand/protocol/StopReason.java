package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a stream ended. */
public enum StopReason {
    /** The presenter stopped it. */
    @JsonProperty("unpublished")
    UNPUBLISHED,
    /** The presenter left the room. */
    @JsonProperty("presenter-left")
    PRESENTER_LEFT,
    /** Its media is gone: the node that carried it, or the presenter, who is disconnected and sends nothing. */
    @JsonProperty("media-lost")
    MEDIA_LOST,
    /** The presenter went off the stage. */
    @JsonProperty("stepped-down")
    STEPPED_DOWN
}
