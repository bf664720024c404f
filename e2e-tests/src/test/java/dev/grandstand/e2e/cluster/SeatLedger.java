package dev.grandstand.e2e.cluster;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who sits where, by the allocator's own events and rules of its own: an independent account, which tells what should never
 * have been granted. Events have one order only if their topic has one partition. Any thread.
 */
public final class SeatLedger {

    private record Person(RoomId room, ParticipantId participant) {}

    private final int seatsPerNode;
    private final Map<Person, Set<NodeId>> seats = new HashMap<>();
    private final Set<Person> queued = new HashSet<>();
    private final List<String> wrong = new ArrayList<>();
    private int granted;
    private int everQueued;
    private int mostTaken;
    private int lost;

    /** Nobody has a seat yet. @param seatsPerNode how many a node has */
    public SeatLedger(int seatsPerNode) {
        this.seatsPerNode = seatsPerNode;
    }

    /** Reads what was and what comes. */
    public Future<?> follow(EventLog log) {
        return log.follow(Topics.MEDIA_EVENTS, From.BEGINNING, this::enter);
    }

    /** Enters one event more. */
    public synchronized void enter(EventRecord<MediaEvent> event) {
        var room = event.room();
        switch (event.event()) {
            case MediaEvent.SeatGranted one ->
                granted(new Person(room, one.participant()), one.node().id());
            case MediaEvent.SeatQueued one -> {
                if (queued.add(new Person(room, one.participant()))) {
                    everQueued++;
                }
            }
            case MediaEvent.SeatMoving one ->
                seats.computeIfAbsent(new Person(room, one.participant()), who -> new HashSet<>())
                        .add(one.node().id());
            case MediaEvent.SeatMoved one ->
                seats.getOrDefault(new Person(room, one.participant()), new HashSet<>())
                        .remove(one.node().id());
            case MediaEvent.SeatReleased one -> {
                seats.remove(new Person(room, one.participant()));
                queued.remove(new Person(room, one.participant()));
            }
            case MediaEvent.RoomReleased released ->
                seats.keySet().removeIf(person -> person.room().equals(room));
            case MediaEvent.RoomMediaLost gone -> {
                lost += (int) seats.keySet().stream()
                        .filter(person -> person.room().equals(room))
                        .count();
                seats.keySet().removeIf(person -> person.room().equals(room));
            }
            case MediaEvent.EdgeGone gone -> leave(room, gone.node().id());
            default -> {}
        }
        taken().forEach((node, count) -> {
            mostTaken = Math.max(mostTaken, count);
            if (count > seatsPerNode) {
                wrong.add(count + " seats of " + node + " are taken after " + event);
            }
        });
    }

    /** Whoever has no other seat has lost theirs. */
    private void leave(RoomId room, NodeId node) {
        seats.forEach((person, nodes) -> {
            if (person.room().equals(room) && nodes.remove(node) && nodes.isEmpty()) {
                lost++;
            }
        });
        seats.values().removeIf(Set::isEmpty);
    }

    private void granted(Person person, NodeId node) {
        granted++;
        queued.remove(person);
        var before = seats.put(person, new HashSet<>(Set.of(node)));
        if (before != null && !before.contains(node)) {
            wrong.add(person + " got a seat on " + node + " beside " + before);
        }
    }

    /** How many seats of each node are taken now; two of one person who moves count as two. */
    public synchronized Map<NodeId, Integer> taken() {
        var taken = new TreeMap<NodeId, Integer>((a, b) -> a.value().compareTo(b.value()));
        seats.values().forEach(nodes -> nodes.forEach(node -> taken.merge(node, 1, Integer::sum)));
        return taken;
    }

    /** How many people have a seat now. */
    public synchronized int seated() {
        return seats.size();
    }

    /** How many people wait now. */
    public synchronized int waiting() {
        return queued.size();
    }

    /** How often a seat was granted so far. */
    public synchronized int granted() {
        return granted;
    }

    /** How often somebody began to wait so far. */
    public synchronized int everQueued() {
        return everQueued;
    }

    /** The most seats that any node had taken at any time. */
    public synchronized int mostTaken() {
        return mostTaken;
    }

    /** How many seats were lost with their node so far, rather than given back or moved. */
    public synchronized int lost() {
        return lost;
    }

    /** What should never have been: a node above its seats, or somebody on two nodes who does not move. */
    public synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }
}
