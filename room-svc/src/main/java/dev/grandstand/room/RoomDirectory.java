package dev.grandstand.room;

import dev.grandstand.eventlog.Entry;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.RoomSummary;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Every open room, whichever instance decides it: the compacted topic as a map. Changed and listed on one context; the
 * figures may be read from anywhere.
 */
final class RoomDirectory {

    private static final Comparator<RoomSummary> LIVE_FIRST = Comparator.comparing(RoomSummary::live)
            .thenComparing(RoomSummary::audience)
            .reversed()
            .thenComparing(summary -> summary.id().value());

    private final Map<String, RoomSummary> rooms = new ConcurrentHashMap<>();
    private @Nullable Buffer listing;

    /** What {@code GET /rooms} answers. */
    record Listing(List<RoomSummary> rooms) {}

    void changed(Entry<RoomSummary> entry) {
        var summary = entry.value();
        if (summary == null) {
            rooms.remove(entry.key());
        } else {
            rooms.put(entry.key(), summary);
        }
        listing = null;
    }

    /** As JSON; written anew only after a change, for lobbies ask often. */
    Buffer listing() {
        var current = listing;
        if (current == null) {
            var sorted = rooms.values().stream().sorted(LIVE_FIRST).toList();
            current = Buffer.buffer(Json.encode(new Listing(sorted)));
            listing = current;
        }
        return current;
    }

    /** Those whose ids come after this one, in the order of their ids; may be asked from any thread. */
    List<RoomSummary> after(String id, int limit) {
        return rooms.entrySet().stream()
                .filter(room -> room.getKey().compareTo(id) > 0)
                .sorted(Map.Entry.comparingByKey())
                .limit(limit)
                .map(Map.Entry::getValue)
                .toList();
    }

    Optional<RoomSummary> find(String id) {
        return Optional.ofNullable(rooms.get(id));
    }

    int size() {
        return rooms.size();
    }

    int participants() {
        return rooms.values().stream().mapToInt(RoomSummary::audience).sum();
    }
}
