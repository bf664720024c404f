package dev.grandstand.allocator.fleet;

/** What a media node may be for a room. */
public enum Duty {
    /** Origin or edge. */
    ANY,
    /** Rooms begin there; it is no edge of rooms that began elsewhere. */
    ORIGIN,
    /** Rooms are brought there when they have outgrown others; none begins there. */
    EDGE;

    boolean mayBeOrigin() {
        return this != EDGE;
    }

    boolean mayBeEdge() {
        return this != ORIGIN;
    }
}
