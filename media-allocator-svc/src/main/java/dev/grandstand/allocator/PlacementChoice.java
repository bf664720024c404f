package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.FullestFirst;
import dev.grandstand.allocator.fleet.LeastLoaded;
import dev.grandstand.allocator.fleet.PlacementStrategy;

/** Where new rooms go. */
public enum PlacementChoice {
    /** See {@link LeastLoaded}. */
    SPREAD,
    /** See {@link FullestFirst}. */
    PACK;

    PlacementStrategy strategy() {
        return switch (this) {
            case SPREAD -> new LeastLoaded();
            case PACK -> new FullestFirst();
        };
    }
}
