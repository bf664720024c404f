package dev.grandstand.protocol.chat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;

/**
 * One message of a room's chat.
 *
 * @param id unique in the room
 * @param participant who wrote it
 * @param name what they called themselves then
 * @param text 1 to 500 characters
 * @param at when it was written, in milliseconds since 1970
 */
public record ChatMessage(String id, ParticipantId participant, DisplayName name, String text, long at) {}
