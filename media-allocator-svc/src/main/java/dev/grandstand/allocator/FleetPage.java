package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.NodeState;
import dev.grandstand.allocator.fleet.Placement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The fleet as {@code GET /fleet} shows it to operators. */
final class FleetPage {

    private static final int MOST_WAITING_SHOWN = 100;

    private FleetPage() {}

    static JsonObject of(Fleet fleet, NodeWatch watch) {
        var nodes = new JsonArray();
        fleet.nodes().values().forEach(node -> nodes.add(node(fleet, node, watch)));
        var rooms = new JsonArray();
        fleet.placements()
                .forEach((room, placement) -> rooms.add(new JsonObject()
                        .put("room", room.value())
                        .put("node", placement.node().id().value())
                        .put("pipeline", placement.pipeline())
                        .put("edges", edges(placement))
                        .put(
                                "seats",
                                fleet.seats().containsKey(room)
                                        ? fleet.seats().get(room).size()
                                        : 0)));
        var waiting = new JsonArray();
        fleet.queue().stream()
                .limit(MOST_WAITING_SHOWN)
                .forEach(who -> waiting.add(new JsonObject()
                        .put("room", who.room().value())
                        .put("participant", who.participant().value())
                        .put("since", who.at().toString())
                        .put("position", who.announced())));
        return new JsonObject()
                .put("nodes", nodes)
                .put("rooms", rooms)
                .put("pending", fleet.pending().size())
                .put("queued", fleet.queue().size())
                .put("queue", waiting);
    }

    private static JsonArray edges(Placement placement) {
        var edges = new JsonArray();
        placement
                .edges()
                .forEach((node, edge) -> edges.add(new JsonObject()
                        .put("node", node.value())
                        .put("pipeline", edge.pipeline())
                        .put("parent", edge.parent().value())));
        return edges;
    }

    private static JsonObject node(Fleet fleet, NodeState node, NodeWatch watch) {
        var id = node.ref().id();
        var page = new JsonObject()
                .put("node", id.value())
                .put("uri", node.ref().uri().toString())
                .put("answering", node.answering())
                .put("seats", node.seats())
                .put("taken", fleet.taken().getOrDefault(id, 0))
                .put("free", fleet.free(id));
        var load = watch.load(node.ref());
        return load == null
                ? page
                : page.put("pipelines", load.pipelines())
                        .put("endpoints", load.endpoints())
                        .put("cpuPercent", load.cpuPercent())
                        .put("memoryBytes", load.memoryBytes());
    }
}
