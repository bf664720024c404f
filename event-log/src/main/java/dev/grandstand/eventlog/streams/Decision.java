package dev.grandstand.eventlog.streams;

import java.util.List;

/**
 * What a command leads to.
 *
 * @param events in the order in which they happened; empty if there is nothing to tell
 * @param <E> the family of events
 */
public record Decision<E>(List<E> events) {

    /** Copies what it is given. */
    public Decision {
        events = List.copyOf(events);
    }

    /** These events in this order. */
    @SafeVarargs
    public static <E> Decision<E> of(E... events) {
        return new Decision<>(List.of(events));
    }
}
