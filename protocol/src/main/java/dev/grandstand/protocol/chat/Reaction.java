package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the audience can say without words. A closed set: clients draw each, and counting them stays bounded. */
public enum Reaction {
    /** Love. */
    @JsonProperty("heart")
    HEART,
    /** Applause. */
    @JsonProperty("clap")
    CLAP,
    /** Approval. */
    @JsonProperty("thumbs-up")
    THUMBS_UP,
    /** Laughter. */
    @JsonProperty("laugh")
    LAUGH,
    /** Surprise. */
    @JsonProperty("wow")
    WOW,
    /** Excitement. */
    @JsonProperty("fire")
    FIRE,
    /** Celebration. */
    @JsonProperty("party")
    PARTY,
    /** Sorrow. */
    @JsonProperty("sad")
    SAD
}
