package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.FullestFirst;
import dev.grandstand.allocator.fleet.PlacementStrategy;
import dev.grandstand.allocator.fleet.Spread;

/** Where new rooms go. */
public enum PlacementChoice {
    /** See {@link Spread}. */
    SPREAD,
    /** See {@link FullestFirst}. */
    PACK;

    PlacementStrategy strategy() {
        return switch (this) {
            case SPREAD -> new Spread();
            case PACK -> new FullestFirst();
        };
    }
}
