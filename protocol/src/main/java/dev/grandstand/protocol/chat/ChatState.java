package dev.grandstand.protocol.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a room's chat stands, beside its messages.
 *
 * @param before the cursor of the page before the last messages; null if there are no older ones
 * @param pinned the message that everybody should see
 * @param slowModeSeconds what has to lie between two messages of one participant, 0 to 600; 0 is off
 * @param reactions how many of each there have been since the room opened; those that never came are left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatState(
        @Nullable Long before, @Nullable ChatMessage pinned, int slowModeSeconds, Map<Reaction, Long> reactions) {

    /** Copies what it is given. */
    public ChatState {
        reactions = Map.copyOf(reactions);
    }
}
