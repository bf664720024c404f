package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * Who waits for a seat: those with a higher priority first, then in the order of asking. Immutable. However many wait, somebody
 * is found, added, taken out, and told their position without a look at the others.
 *
 * @param line everybody, first come first
 * @param rooms the same, room by room
 * @param untold those of each room who have not been told a position
 * @param people the same by who they are
 */
public record SeatQueue(
        PSortedSet<Waiting> line,
        PMap<RoomId, PSortedSet<Waiting>> rooms,
        PMap<RoomId, PSortedSet<Waiting>> untold,
        PMap<Person, Waiting> people)
        implements Iterable<Waiting> {

    static final SeatQueue EMPTY = new SeatQueue(
            TreePSet.empty(Waiting.ORDER), HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

    /** How many wait. */
    public int size() {
        return people.size();
    }

    /** Whether nobody waits. */
    public boolean isEmpty() {
        return people.isEmpty();
    }

    /** Everybody, who goes first first. */
    public Stream<Waiting> stream() {
        return line.stream();
    }

    @Override
    public Iterator<Waiting> iterator() {
        return line.iterator();
    }

    Optional<Waiting> find(RoomId room, ParticipantId participant) {
        return Optional.ofNullable(people.get(new Person(room, participant)));
    }

    boolean waitsFor(RoomId room) {
        return rooms.containsKey(room);
    }

    /** Those who wait for a room, who goes first first. */
    Collection<Waiting> of(RoomId room) {
        return rooms.getOrDefault(room, TreePSet.empty(Waiting.ORDER));
    }

    /** Who of each room goes first. */
    List<Waiting> heads() {
        return rooms.values().stream().map(PSortedSet::first).toList();
    }

    Optional<Waiting> head(RoomId room) {
        return Optional.ofNullable(rooms.get(room)).map(PSortedSet::first);
    }

    /** Those who have not been told a position, of all rooms but these. */
    List<Waiting> untoldBut(Set<RoomId> others) {
        return untold.isEmpty()
                ? List.of()
                : untold.entrySet().stream()
                        .filter(room -> !others.contains(room.getKey()))
                        .flatMap(room -> room.getValue().stream())
                        .sorted(Waiting.ORDER)
                        .toList();
    }

    /** Somebody's position, from 1, when those of some rooms do not count. */
    int position(Waiting who, Set<RoomId> others) {
        int ahead = line.headSet(who).size();
        for (var room : others) {
            var there = rooms.get(room);
            ahead -= there == null ? 0 : there.headSet(who).size();
        }
        return ahead + 1;
    }

    SeatQueue with(Waiting who) {
        var person = new Person(who.room(), who.participant());
        var before = people.get(person);
        var rest = before == null ? this : without(before);
        return new SeatQueue(
                rest.line.plus(who),
                with(rest.rooms, who),
                who.announced() == 0 ? with(rest.untold, who) : rest.untold,
                rest.people.plus(person, who));
    }

    SeatQueue without(Waiting who) {
        return new SeatQueue(
                line.minus(who),
                without(rooms, who),
                without(untold, who),
                people.minus(new Person(who.room(), who.participant())));
    }

    SeatQueue withoutRoom(RoomId room) {
        var next = this;
        for (var who : of(room)) {
            next = next.without(who);
        }
        return next;
    }

    private static PMap<RoomId, PSortedSet<Waiting>> with(PMap<RoomId, PSortedSet<Waiting>> rooms, Waiting who) {
        return rooms.plus(
                who.room(),
                rooms.getOrDefault(who.room(), TreePSet.empty(Waiting.ORDER)).plus(who));
    }

    private static PMap<RoomId, PSortedSet<Waiting>> without(PMap<RoomId, PSortedSet<Waiting>> rooms, Waiting who) {
        var there = rooms.get(who.room());
        if (there == null) {
            return rooms;
        }
        var rest = there.minus(who);
        return rest.isEmpty() ? rooms.minus(who.room()) : rooms.plus(who.room(), rest);
    }
}
