package dev.grandstand.protocol;

import java.time.Instant;
import java.util.List;

/**
 * What a lobby shows of a room.
 *
 * @param id the room
 * @param title what people call it
 * @param live whether somebody publishes
 * @param presenters names of those who publish
 * @param audience how many participants it has
 * @param openedAt when it opened
 */
public record RoomSummary(
        RoomId id, String title, boolean live, List<DisplayName> presenters, int audience, Instant openedAt) {

    /** Copies what it is given. */
    public RoomSummary {
        presenters = List.copyOf(presenters);
    }
}
