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
    /** The media node that carried it is gone. */
    @JsonProperty("media-lost")
    MEDIA_LOST,
    /** The presenter went off the stage. */
    @JsonProperty("stepped-down")
    STEPPED_DOWN
}
