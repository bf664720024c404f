package dev.grandstand.e2e;

import dev.grandstand.allinone.AllInOneConfig;
import dev.grandstand.allinone.Grandstand;
import dev.grandstand.e2e.cluster.MediaNodeView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The whole system in this process over several relays with few seats each, every one of which may feed one other. The
 * relays are in this process, too, unless they are to be killed.
 */
final class SmallNodes implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final List<RelayNode> relays = new ArrayList<>();
    private final List<MediaNodeView> views = new ArrayList<>();
    private final Grandstand grandstand;
    private final OperatorCalls operators;

    /**
     * Starts it.
     *
     * @param nodes how many relays
     * @param seats of each
     * @param more variables for the services
     */
    SmallNodes(int nodes, int seats, Map<String, String> more) throws Exception {
        for (int i = 0; i < nodes; i++) {
            relays.add(RelayNode.here(vertx));
        }
        grandstand = start(seats, more);
        operators = new OperatorCalls(grandstand.allocatorAdminPort());
    }

    private SmallNodes(List<RelayNode> apart, int seats, Map<String, String> more) throws Exception {
        relays.addAll(apart);
        grandstand = start(seats, more);
        operators = new OperatorCalls(grandstand.allocatorAdminPort());
    }

    /** With relays in processes of their own, which {@link #kill} kills; otherwise the same. */
    static SmallNodes killable(int nodes, int seats, Map<String, String> more) throws Exception {
        var relays = RelayNode.apart(nodes);
        try {
            return new SmallNodes(relays, seats, more);
        } catch (Exception e) {
            for (var relay : relays) {
                relay.end();
            }
            throw e;
        }
    }

    private Grandstand start(int seats, Map<String, String> more) throws Exception {
        relays.forEach(relay -> views.add(new MediaNodeView(relay.uri())));
        var variables = new HashMap<>(Map.of(
                "GRANDSTAND_MEDIA_NODES",
                relays.stream().map(relay -> relay.uri().toString()).collect(Collectors.joining(",")),
                "GRANDSTAND_SEATS_PER_NODE",
                String.valueOf(seats),
                "GRANDSTAND_EDGES_PER_NODE",
                "1",
                "GRANDSTAND_EDGE_LINGER",
                "500ms",
                "GRANDSTAND_ADMIN_TOKEN",
                OperatorCalls.TOKEN));
        variables.putAll(more);
        var plain = AllInOneConfig.onFreePorts(freshFolder());
        return Grandstand.start(new AllInOneConfig(
                plain.dataDir(),
                plain.kafkaPort(),
                plain.relayPort(),
                plain.variables().with(variables)));
    }

    private static Path freshFolder() throws IOException {
        var data = Files.createDirectories(Path.of("target", "data").toAbsolutePath());
        return Files.createTempDirectory(data, "nodes-");
    }

    /** What runs {@link io.vertx.core.Vertx} for a test's own purposes. */
    Vertx vertx() {
        return vertx;
    }

    String page(String path) {
        return "http://localhost:" + grandstand.httpPort() + path;
    }

    URI socket() {
        return URI.create("ws://127.0.0.1:" + grandstand.httpPort() + "/ws");
    }

    OperatorCalls operators() {
        return operators;
    }

    /** Somebody in front of a page: on air with a camera of their own, in the audience without. */
    Visitor enter(Browsers browsers, String room, String name, Camera camera) {
        var visitor = new Visitor(browsers.with(camera).newContext(), name);
        boolean presents = camera != Venue.AUDIENCE;
        visitor.page().navigate(page("/room/" + room + "?name=" + name + "&auto=" + (presents ? "live" : "view")));
        visitor.awaitJoined();
        if (presents) {
            visitor.awaitOnAir();
        }
        return visitor;
    }

    /** The nodes that live, by host and port. */
    List<String> names() {
        return relays.stream().map(relay -> relay.uri().getAuthority()).toList();
    }

    /** How many pipelines a node has. */
    int pipelinesOn(String node) {
        return views.get(index(node)).pipelines().size();
    }

    /** The node is gone from one moment to the next, with all that was on it. */
    void kill(String node) throws Exception {
        int gone = index(node);
        views.remove(gone).close();
        relays.remove(gone).end();
    }

    private int index(String node) {
        int index = names().indexOf(node);
        if (index < 0) {
            throw new IllegalArgumentException("no node is called " + node);
        }
        return index;
    }

    /** How many endpoints a room has on each node. */
    List<Integer> endpoints(String room) {
        return views.stream().map(node -> node.endpointsOf(room).size()).toList();
    }

    /** How many pipelines a room has on all nodes. */
    int pipelines(String room) {
        return views.stream().mapToInt(node -> node.pipelinesOf(room).size()).sum();
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        operators.close();
        grandstand.close();
        views.forEach(MediaNodeView::close);
        for (var relay : relays) {
            relay.end();
        }
        get(vertx.close());
    }
}
