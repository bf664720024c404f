package dev.grandstand.allocator;

import dev.grandstand.allocator.Ways.Arrival;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which links an earlier life of the allocator left, by what it told. */
final class RememberedLinks {

    private final Map<RoomId, Map<Arrival, MediaEvent.LinkMade>> rooms = new HashMap<>();

    /** An event of that life, in the order they were told. */
    void replay(EventRecord<MediaEvent> record) {
        var room = record.room();
        switch (record.event()) {
            case MediaEvent.LinkMade made
            when !made.arrival().equals(made.source()) ->
                rooms.computeIfAbsent(room, first -> new LinkedHashMap<>())
                        .put(new Arrival(made.stream(), made.arrival().node().id()), made);
            case MediaEvent.LinkEnded ended ->
                of(room).remove(new Arrival(
                        ended.stream(), ended.arrival().node().id()));
            case MediaEvent.StreamLed led ->
                of(room).entrySet()
                        .removeIf(link -> link.getKey().stream().equals(led.stream())
                                && !link.getValue().source().equals(led.source()));
            case MediaEvent.RoomReleased released -> rooms.remove(room);
            case MediaEvent.RoomMediaLost lost -> rooms.remove(room);
            case MediaEvent other -> {}
        }
    }

    /** Those that were left, in the order they were made; forgotten here. */
    Map<RoomId, Map<Arrival, MediaEvent.LinkMade>> take() {
        var taken = Map.copyOf(rooms);
        rooms.clear();
        return taken;
    }

    private Map<Arrival, MediaEvent.LinkMade> of(RoomId room) {
        return rooms.getOrDefault(room, new HashMap<>());
    }
}
