package dev.grandstand.allocator.cluster;

import dev.grandstand.protocol.scaling.ScalingStep;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalInt;

/** Where operators see how the fleet is scaled, and take that into their own hands. On the allocator's context. */
public interface ScalingDesk {

    /** The latest, newest first. */
    List<ScalingStep> latest();

    /** How many nodes an operator wants; empty while the policy decides. */
    OptionalInt byHand();

    /** The fewest nodes that may be wanted. */
    int fewest();

    /** The most nodes that may be wanted. */
    int most();

    /** So many nodes from now on, whatever the policy says; completes when that is durable. */
    Future<Void> order(int nodes);

    /** The policy decides again; completes when that is durable. */
    Future<Void> release();
}
