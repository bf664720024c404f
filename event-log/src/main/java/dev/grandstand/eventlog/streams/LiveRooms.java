package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms of one task as objects, and as stored parts beneath them. Used by the task's thread only.
 *
 * <p>After a restart a room is made an object when it is first asked for, and the others a few at a time by {@link #wake}:
 * nobody waits for rooms that are not theirs.
 */
final class LiveRooms<E, S> {

    private final Decider<?, E, S> decider;
    private final StateParts<E, S> parts;
    private final PartStore store;
    private final Map<RoomId, S> rooms = new HashMap<>();
    private final Set<RoomId> asleep = new HashSet<>();
    private final List<RoomId> woken = new ArrayList<>();

    /** A room is stored that cannot be read; deciding anything for it would make it worse. */
    static final class Unreadable extends IllegalStateException {

        private static final long serialVersionUID = 1;

        private Unreadable(RoomId room, BadJson cause) {
            super("the stored state of room " + room + " cannot be read", cause);
        }
    }

    private LiveRooms(Decider<?, E, S> decider, StateParts<E, S> parts, PartStore store) {
        this.decider = decider;
        this.parts = parts;
        this.store = store;
    }

    /** What the changelog has restored; all of it asleep. */
    static <E, S> LiveRooms<E, S> restored(Decider<?, E, S> decider, StateParts<E, S> parts, PartStore store) {
        var live = new LiveRooms<>(decider, parts, store);
        live.asleep.addAll(store.rooms());
        return live;
    }

    /** @throws Unreadable if what is stored is no room */
    S get(RoomId room) {
        if (asleep.contains(room)) {
            read(room);
            asleep.remove(room);
        }
        var state = rooms.get(room);
        return state == null ? decider.initial(room) : state;
    }

    /**
     * Wakes rooms for about so long, and at least one if any is asleep.
     *
     * @return those that woke since the last call, here or because they were asked for
     * @throws Unreadable if what is stored is no room
     */
    List<RoomId> wake(Duration about) {
        var deadline = System.nanoTime() + about.toNanos();
        var sleepers = asleep.iterator();
        while (sleepers.hasNext()) {
            read(sleepers.next());
            sleepers.remove();
            if (System.nanoTime() >= deadline) {
                break;
            }
        }
        var since = List.copyOf(woken);
        woken.clear();
        return since;
    }

    boolean areAwake() {
        return asleep.isEmpty();
    }

    private void read(RoomId room) {
        try {
            rooms.put(room, parts.restore(room, store.parts(room)));
            woken.add(room);
        } catch (BadJson e) {
            throw new Unreadable(room, e);
        }
    }

    /** Those that are awake. */
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
