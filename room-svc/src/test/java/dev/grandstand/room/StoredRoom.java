package dev.grandstand.room;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A room kept as the stream processor keeps it: after each command only the touched parts are written. */
final class StoredRoom {

    private final RoomParts format = new RoomParts();
    private final Map<String, byte[]> parts = new HashMap<>();
    private Room room;

    StoredRoom(RoomId id) {
        this.room = Room.closed(id);
    }

    void apply(List<RoomEvent> events, Instant at) {
        var touched = new HashSet<String>();
        for (var event : events) {
            var record = new EventRecord<>(room.id(), new CommandId("c"), at, event);
            touched.addAll(format.touched(room, record));
            room = room.evolve(event, at);
        }
        for (var part : touched) {
            var value = format.encode(room, part);
            if (value == null) {
                parts.remove(part);
            } else {
                parts.put(part, value);
            }
        }
    }

    Room room() {
        return room;
    }

    Map<String, byte[]> parts() {
        return parts;
    }

    Room restored() throws BadJson {
        return format.restore(room.id(), parts);
    }
}
