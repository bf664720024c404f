package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a moderator can silence somebody in. */
public enum Mutable {
    /** What they write. */
    @JsonProperty("chat")
    CHAT,
    /** What they say; the presenter's client obeys and everybody sees it. */
    @JsonProperty("microphone")
    MICROPHONE
}
