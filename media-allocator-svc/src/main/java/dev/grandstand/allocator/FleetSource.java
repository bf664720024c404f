package dev.grandstand.allocator;

import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Consumer;

/** Knows which media nodes there are. */
public interface FleetSource {

    /**
     * Completes when the fleet is known.
     *
     * @param changed gets the whole fleet, at first and whenever it changed, on the caller's context
     */
    Future<Void> start(Consumer<Set<FleetMember>> changed);

    /** Says no more. */
    Future<Void> stop();
}
