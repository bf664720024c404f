package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a room's chat.
 *
 * @param id unique in the room
 * @param participant who wrote it
 * @param name what they called themselves then
 * @param text 1 to 500 characters
 * @param at when it was written, in milliseconds since 1970
 * @param mentions whom it names, at most {@value #MAX_MENTIONS}; null instead of none, because it goes to so many
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatMessage(
        MessageId id,
        ParticipantId participant,
        DisplayName name,
        String text,
        long at,
        @Nullable List<Mention> mentions) {

    /** More names are text and nothing else. */
    public static final int MAX_MENTIONS = 10;

    /** Copies what it is given. */
    public ChatMessage {
        mentions = mentions == null || mentions.isEmpty() ? null : List.copyOf(mentions);
    }
}
