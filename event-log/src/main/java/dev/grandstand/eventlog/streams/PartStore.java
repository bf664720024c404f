package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.RoomId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
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

    /** Every room that has a part. Keys are in order, so a room's follow each other. */
    Set<RoomId> rooms() {
        var rooms = new HashSet<RoomId>();
        var last = "";
        try (var entries = store.all()) {
            while (entries.hasNext()) {
                var key = entries.next().key;
                if (last.isEmpty() || !key.startsWith(last)) {
                    var end = key.indexOf(END_OF_ROOM);
                    last = key.substring(0, end + 1);
                    rooms.add(new RoomId(key.substring(0, end)));
                }
            }
        }
        return rooms;
    }

    /** The parts of a room by name. */
    Map<String, byte[]> parts(RoomId room) {
        var parts = new HashMap<String, byte[]>();
        var prefix = room.value() + END_OF_ROOM;
        try (var entries = store.prefixScan(prefix, new StringSerializer())) {
            while (entries.hasNext()) {
                var entry = entries.next();
                parts.put(entry.key.substring(prefix.length()), entry.value);
            }
        }
        return parts;
    }
}
