package dev.grandstand.allocator;

import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** On which ways streams come to nodes now, one for each stream and node. It decides nothing: {@link Links} does. */
final class Ways {

    private final Map<RoomId, Map<Arrival, Way>> rooms = new HashMap<>();

    /** Where a stream is wanted. */
    record Arrival(StreamId stream, NodeId node) {}

    /** A link, made or in the making, with those who want it: participants who watch, and nodes that pass it on. */
    static final class Way {

        MediaLocation source;
        final NodeId from;
        final Set<ParticipantId> viewers = new HashSet<>();
        final Set<NodeId> below = new HashSet<>();
        Future<NodeLink> link = Future.failedFuture("not begun");

        Way(MediaLocation source, NodeId from) {
            this.source = source;
            this.from = from;
        }

        boolean isWanted() {
            return !viewers.isEmpty() || !below.isEmpty();
        }
    }

    /** In place of what was there before. */
    void put(RoomId room, Arrival arrival, Way way) {
        rooms.computeIfAbsent(room, first -> new LinkedHashMap<>()).put(arrival, way);
    }

    /** @return whether it was there */
    boolean remove(RoomId room, Arrival arrival, Way way) {
        var ofRoom = ofRoom(room);
        if (!ofRoom.remove(arrival, way)) {
            return false;
        }
        if (ofRoom.isEmpty()) {
            rooms.remove(room);
        }
        return true;
    }

    Optional<Way> find(RoomId room, Arrival arrival) {
        return Optional.ofNullable(ofRoom(room).get(arrival));
    }

    /** As they are at this moment: whoever walks along them may end some. */
    List<Map.Entry<Arrival, Way>> of(RoomId room) {
        return List.copyOf(ofRoom(room).entrySet());
    }

    /** What brings the stream to the node that this way begins at; none if it begins at the stream's own node. */
    Optional<Way> above(RoomId room, Arrival arrival, Way way) {
        return find(room, new Arrival(arrival.stream(), way.from));
    }

    /** The links that are made. */
    List<NodeLink> made() {
        return rooms.values().stream()
                .flatMap(ofRoom -> ofRoom.values().stream())
                .filter(way -> way.link.succeeded())
                .map(way -> way.link.result())
                .toList();
    }

    /** How many there are, those in the making included. */
    int count() {
        return rooms.values().stream().mapToInt(Map::size).sum();
    }

    /** A room's, for operators. */
    JsonArray shown(RoomId room) {
        var links = new JsonArray();
        ofRoom(room)
                .forEach((arrival, way) -> links.add(new JsonObject()
                        .put("stream", arrival.stream().value())
                        .put("from", way.from.value())
                        .put("to", arrival.node().value())
                        .put("viewers", way.viewers.size())
                        .put("made", way.link.succeeded())));
        return links;
    }

    private Map<Arrival, Way> ofRoom(RoomId room) {
        return rooms.getOrDefault(room, new HashMap<>());
    }
}
