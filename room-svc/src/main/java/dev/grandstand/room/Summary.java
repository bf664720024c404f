package dev.grandstand.room;

import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.streams.Summaries;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.RoomSummary;
import java.time.Duration;

/** What a lobby is shown: at once when a room opens, starts or stops showing something, or closes; else once a second. */
final class Summary {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private Summary() {}

    static Summaries<Room, RoomSummary> summaries() {
        return new Summaries<>(Topics.ROOMS, Summary::of, Summary::isNews, EVERY);
    }

    /** @throws java.util.NoSuchElementException if the room is closed */
    static RoomSummary of(Room room) {
        var running = room.running().orElseThrow();
        var presenters = room.presenters().stream().map(Participant::name).toList();
        return new RoomSummary(
                room.id(), running.title(), isLive(room), presenters, room.audience(), running.openedAt());
    }

    private static boolean isNews(Room before, Room after) {
        return before.isClosed() != after.isClosed() || isLive(before) != isLive(after);
    }

    /** A room that has been live is shown as live only while there is something to see. */
    private static boolean isLive(Room room) {
        return !room.stage().isEmpty();
    }
}
