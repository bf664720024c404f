package dev.grandstand.protocol.chat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;

/**
 * Somebody whom a message names: its text has {@code @} and the name, in whatever case.
 *
 * @param participant who
 * @param name what they called themselves then
 */
public record Mention(ParticipantId participant, DisplayName name) {}
