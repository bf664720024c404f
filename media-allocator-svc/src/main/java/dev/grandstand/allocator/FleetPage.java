package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.NodeState;
import dev.grandstand.allocator.fleet.Placement;
import dev.grandstand.allocator.fleet.Site;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The fleet as {@code GET /fleet} and the operators' API show it. */
final class FleetPage {

    private static final int MOST_WAITING_SHOWN = 100;

    private final Supplier<Fleet> fleets;
    private final NodeWatch watch;
    private final Function<RoomId, JsonArray> links;

    /** @param links of a room, as they are shown */
    FleetPage(Supplier<Fleet> fleets, NodeWatch watch, Function<RoomId, JsonArray> links) {
        this.fleets = fleets;
        this.watch = watch;
        this.links = links;
    }

    JsonObject whole() {
        var fleet = fleets.get();
        var rooms = new JsonArray();
        fleet.placements().forEach((room, placement) -> rooms.add(summary(fleet, room, placement)));
        return nodes().put("rooms", rooms)
                .put("pending", fleet.pending().size())
                .put("queued", fleet.queue().size())
                .put("queue", waiting(fleet));
    }

    /** Who waits for a seat, and where the next ones come from. */
    JsonObject queue(Instant now) {
        var fleet = fleets.get();
        var levels = new TreeMap<String, Integer>();
        fleet.queue().forEach(who -> levels.merge(who.priority().toString(), 1, Integer::sum));
        var arrivals = new JsonArray();
        fleet.outlook()
                .arrivals()
                .forEach(arrival -> arrivals.add(new JsonObject()
                        .put("ready", arrival.ready().toString())
                        .put("seats", arrival.seats())));
        return new JsonObject()
                .put("waiting", fleet.queue().size())
                .put("byPriority", new JsonObject(new LinkedHashMap<>(levels)))
                .put("nextExpectedWaitMs", fleet.outlook().expectedWait(1, now).toMillis())
                .put("arrivals", arrivals)
                .put("queue", waiting(fleet));
    }

    private static JsonArray waiting(Fleet fleet) {
        var waiting = new JsonArray();
        fleet.queue().stream()
                .limit(MOST_WAITING_SHOWN)
                .forEach(who -> waiting.add(new JsonObject()
                        .put("room", who.room().value())
                        .put("participant", who.participant().value())
                        .put("priority", who.priority().level())
                        .put("since", who.at().toString())
                        .put("position", who.announced())
                        .put("expectedWaitMs", who.expected().toMillis())));
        return waiting;
    }

    JsonObject nodes() {
        var fleet = fleets.get();
        var nodes = new JsonArray();
        fleet.nodes().values().forEach(node -> nodes.add(node(fleet, node)));
        return new JsonObject().put("nodes", nodes).put("moving", fleet.moving());
    }

    /** Every room that is on any node. */
    JsonObject placements() {
        var rooms = new JsonArray();
        fleets.get().placements().forEach((room, placement) -> rooms.add(placement(room, placement)));
        return new JsonObject().put("rooms", rooms);
    }

    /** A room: where it is, what flows between its nodes, and who sits where. */
    JsonObject placement(RoomId room, Placement placement) {
        var fleet = fleets.get();
        var sites = new JsonArray();
        placement.sites().forEach(site -> sites.add(site(fleet, room, placement, site)));
        var seats = new JsonArray();
        fleet.seatsIn(room).forEach((participant, seat) -> {
            var shown = new JsonObject()
                    .put("participant", participant.value())
                    .put("node", seat.node().value())
                    .put("since", seat.since().toString());
            Optional.ofNullable(seat.move())
                    .ifPresent(move -> shown.put("movingFrom", move.from().value()));
            seats.add(shown);
        });
        return new JsonObject()
                .put("room", room.value())
                .put("origin", placement.node().id().value())
                .put("sites", sites)
                .put("links", links.apply(room))
                .put("seats", seats);
    }

    private static JsonObject site(Fleet fleet, RoomId room, Placement placement, Site site) {
        var node = site.node().id();
        var shown = new JsonObject()
                .put("node", node.value())
                .put("pipeline", site.pipeline())
                .put("leaving", fleet.isLeaving(placement, node))
                .put("seats", fleet.seatsOn(room, node).size());
        Optional.ofNullable(placement.edges().get(node))
                .ifPresent(edge -> shown.put("parent", edge.parent().value()));
        return shown;
    }

    private static JsonObject summary(Fleet fleet, RoomId room, Placement placement) {
        var edges = new JsonArray();
        placement
                .edges()
                .forEach((node, edge) -> edges.add(new JsonObject()
                        .put("node", node.value())
                        .put("pipeline", edge.pipeline())
                        .put("parent", edge.parent().value())));
        return new JsonObject()
                .put("room", room.value())
                .put("node", placement.node().id().value())
                .put("pipeline", placement.pipeline())
                .put("edges", edges)
                .put("seats", fleet.seatsIn(room).size());
    }

    private JsonObject node(Fleet fleet, NodeState node) {
        var id = node.ref().id();
        var page = new JsonObject()
                .put("node", id.value())
                .put("uri", node.ref().uri().toString())
                .put("answering", node.answering())
                .put("draining", fleet.draining().contains(id))
                .put("duty", node.duty().name().toLowerCase(Locale.ROOT))
                .put("seats", node.seats())
                .put("taken", fleet.taken().getOrDefault(id, 0))
                .put("free", fleet.free(id))
                .put(
                        "rooms",
                        fleet.placements().values().stream()
                                .filter(placement -> placement.site(id).isPresent())
                                .count());
        var load = watch.load(node.ref());
        return load == null
                ? page
                : page.put("pipelines", load.pipelines())
                        .put("endpoints", load.endpoints())
                        .put("cpuPercent", load.cpuPercent())
                        .put("memoryBytes", load.memoryBytes())
                        .put("since", load.since().toString());
    }
}
