package dev.grandstand.allocator;

import dev.grandstand.protocol.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * When a node that answers carries no media all the same. Pings do not tell, nor do connection states: Kurento calls a peer
 * whose process was killed connected for more than a minute. What tells is that nothing arrives of all that should.
 *
 * <p>A single presenter from whom nothing comes proves nothing about the node: more often it is the presenter's network. Two
 * who have nothing in common do, and so does a link whose other end is fed.
 */
final class FlowRule {

    private static final int UNRELATED = 2;

    private final Duration patience;
    private final Map<NodeId, Instant> silentSince = new HashMap<>();

    /** @param patience how long a node has to be silent */
    FlowRule(Duration patience) {
        this.patience = patience;
    }

    /**
     * What should arrive at a node and does not.
     *
     * @param from the participant or the node that sends it
     * @param sent whether it is known to be sent, as with a link whose other end is fed
     */
    record Missing(String from, boolean sent) {}

    /**
     * What was just seen at a node.
     *
     * @param missing what does not arrive there; nothing if anything does
     * @return whether the node is to be taken for dead
     */
    boolean isDead(NodeId node, Collection<Missing> missing, Instant now) {
        long senders = missing.stream().map(Missing::from).distinct().count();
        boolean suspicious = senders >= UNRELATED || missing.stream().anyMatch(Missing::sent);
        if (!suspicious) {
            silentSince.remove(node);
            return false;
        }
        var since = silentSince.computeIfAbsent(node, first -> now);
        boolean dead = !since.plus(patience).isAfter(now);
        if (dead) {
            silentSince.remove(node);
        }
        return dead;
    }
}
