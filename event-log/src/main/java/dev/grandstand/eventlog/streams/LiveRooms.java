package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rooms of one task as objects, and as stored parts beneath them. Used by the task's thread only. */
final class LiveRooms<E, S> {

    private final Decider<?, E, S> decider;
    private final StateParts<E, S> parts;
    private final PartStore store;
    private final Map<RoomId, S> rooms = new HashMap<>();

    private LiveRooms(Decider<?, E, S> decider, StateParts<E, S> parts, PartStore store) {
        this.decider = decider;
        this.parts = parts;
        this.store = store;
    }

    /** What the changelog has restored. */
    static <E, S> LiveRooms<E, S> restored(Decider<?, E, S> decider, StateParts<E, S> parts, PartStore store) {
        var live = new LiveRooms<>(decider, parts, store);
        store.all().forEach((room, stored) -> {
            try {
                live.rooms.put(room, parts.restore(room, stored));
            } catch (BadJson e) {
                throw new IllegalStateException("the stored state of room " + room + " cannot be read", e);
            }
        });
        return live;
    }

    S get(RoomId room) {
        var state = rooms.get(room);
        return state == null ? decider.initial(room) : state;
    }

    Collection<RoomId> ids() {
        return Collections.unmodifiableSet(rooms.keySet());
    }

    Collection<S> all() {
        return Collections.unmodifiableCollection(rooms.values());
    }

    /** What the decision changes; changes nothing. */
    Change<E, S> change(CommandRecord<?> command, Decision<E> decision) {
        var room = command.room();
        var before = get(room);
        var after = before;
        var events = decision.events().stream()
                .map(event -> new EventRecord<>(room, command.id(), command.at(), event))
                .toList();
        var touched = new HashMap<String, Optional<byte[]>>();
        for (var event : events) {
            parts.touched(after, event).forEach(part -> touched.put(part, Optional.empty()));
            after = decider.evolve(after, event);
        }
        var last = after;
        touched.replaceAll((part, unknown) -> Optional.ofNullable(parts.encode(last, part)));
        return new Change<>(room, before, after, List.copyOf(events), touched);
    }

    void apply(Change<E, S> change) {
        change.parts().forEach((part, value) -> store.write(change.room(), part, value.orElse(null)));
        if (decider.isInitial(change.after())) {
            rooms.remove(change.room());
        } else {
            rooms.put(change.room(), change.after());
        }
    }
}
