package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Where a room is: a tree of nodes. Its root is the origin; each edge pulls the streams that are watched on it from its
 * parent.
 *
 * @param node the origin
 * @param pipeline Kurento id of its pipeline there
 * @param edges the other nodes
 * @param leaving those of all nodes that the room is about to leave
 * @param unused since when nobody has a seat on any of them; absent while somebody has
 */
public record Placement(
        NodeRef node,
        String pipeline,
        PMap<NodeId, Edge> edges,
        PSet<NodeId> leaving,
        @Nullable Instant unused) {

    /** A room on its origin only, with nobody there yet. */
    public Placement(NodeRef node, String pipeline, Instant at) {
        this(node, pipeline, HashTreePMap.empty(), HashTreePSet.empty(), at);
    }

    /** What the room has on a node. */
    public Optional<Site> site(NodeId on) {
        if (on.equals(node.id())) {
            return Optional.of(origin());
        }
        return Optional.ofNullable(edges.get(on)).map(edge -> new Site(edge.node(), edge.pipeline()));
    }

    /** All nodes that the room is on: the origin, then the edges, those with the shorter way first. */
    public List<Site> sites() {
        if (edges.isEmpty()) {
            return List.of(origin());
        }
        var sites = new ArrayList<Site>();
        sites.add(origin());
        edges.values().stream()
                .sorted(Comparator.comparingInt((Edge edge) -> depth(edge.node().id()))
                        .thenComparing(edge -> edge.node().id().value()))
                .forEach(edge -> sites.add(new Site(edge.node(), edge.pipeline())));
        return sites;
    }

    /**
     * The neighbour from which a node gets what comes from another: up the tree, unless the other is below.
     *
     * @param at a node that the room is on
     * @param source another one
     */
    public NodeId next(NodeId at, NodeId source) {
        var below = source;
        for (var edge = edges.get(below); edge != null; edge = edges.get(below)) {
            if (edge.parent().equals(at)) {
                return below;
            }
            below = edge.parent();
        }
        var own = edges.get(at);
        return own == null ? source : own.parent();
    }

    Site origin() {
        return new Site(node, pipeline);
    }

    /** Links on the way from the origin; 0 for the origin itself. */
    int depth(NodeId of) {
        int depth = 0;
        for (var edge = edges.get(of); edge != null; edge = edges.get(edge.parent())) {
            depth++;
        }
        return depth;
    }

    /** The edges that pull from a node. */
    List<Edge> children(NodeId of) {
        return edges.values().stream().filter(edge -> edge.parent().equals(of)).toList();
    }

    /** The node and all that pull from it, directly or not: none of them can be its parent. */
    boolean isBelow(NodeId one, NodeId other) {
        var seen = new HashSet<NodeId>();
        for (var at = one; seen.add(at); ) {
            if (at.equals(other)) {
                return true;
            }
            var edge = edges.get(at);
            if (edge == null) {
                return false;
            }
            at = edge.parent();
        }
        return false;
    }

    Placement with(Edge edge) {
        var id = edge.node().id();
        return edges.get(id) == edge ? this : new Placement(node, pipeline, edges.plus(id, edge), leaving, unused);
    }

    Placement without(NodeId edge) {
        return new Placement(node, pipeline, edges.minus(edge), leaving.minus(edge), unused);
    }

    Placement leaving(NodeId site) {
        return new Placement(node, pipeline, edges, leaving.plus(site), unused);
    }

    Placement used() {
        return unused == null ? this : new Placement(node, pipeline, edges, leaving, null);
    }

    Placement unusedSince(Instant at) {
        return new Placement(node, pipeline, edges, leaving, at);
    }

    /** The same tree with another root: between the two, each node pulls from the one that pulled from it. */
    Placement rootedAt(NodeId root, Instant at) {
        var next = edges.get(root);
        if (next == null) {
            return this;
        }
        var turned = edges.minus(root);
        var child = root;
        var up = next.parent();
        for (var edge = edges.get(up); edge != null; edge = edges.get(up)) {
            turned = turned.plus(up, edge.pullingFrom(child));
            child = up;
            up = edge.parent();
        }
        turned = turned.plus(node.id(), new Edge(node, pipeline, child, at));
        return new Placement(next.node(), next.pipeline(), turned, leaving, unused);
    }
}
