package dev.grandstand.protocol;

/**
 * What moderators have taken from somebody.
 *
 * @param chat writing
 * @param microphone speaking
 */
public record Silenced(boolean chat, boolean microphone) {}
