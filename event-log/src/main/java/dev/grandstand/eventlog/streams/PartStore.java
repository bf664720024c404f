package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.RoomId;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The stored parts of every room of one task, under {@code <room>|<part>}. A room's id has no {@code |}, so the first one
 * ends it.
 */
record PartStore(KeyValueStore<String, byte[]> store) {

    private static final char END_OF_ROOM = '|';

    void write(RoomId room, String part, byte @Nullable [] value) {
        var key = room.value() + END_OF_ROOM + part;
        if (value == null) {
            store.delete(key);
        } else {
            store.put(key, value);
        }
    }

    Map<RoomId, Map<String, byte[]>> all() {
        var rooms = new HashMap<RoomId, Map<String, byte[]>>();
        try (var entries = store.all()) {
            while (entries.hasNext()) {
                var entry = entries.next();
                var end = entry.key.indexOf(END_OF_ROOM);
                rooms.computeIfAbsent(new RoomId(entry.key.substring(0, end)), room -> new HashMap<>())
                        .put(entry.key.substring(end + 1), entry.value);
            }
        }
        return rooms;
    }
}
