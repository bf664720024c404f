package dev.grandstand.eventlog.streams;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.CommandRecord;

/**
 * Is told of each command and its decision, on a stream thread, before they are committed: for counting and logging. Must
 * not throw, nor wait.
 *
 * @param <C> the family of commands
 * @param <E> the family of events
 */
@FunctionalInterface
public interface Decided<C, E> {

    /** @param trace of the request that led to the command */
    void decided(CommandRecord<C> command, Decision<E> decision, Trace trace);

    /** This one, then the other. */
    default Decided<C, E> and(Decided<C, E> other) {
        return (command, decision, trace) -> {
            decided(command, decision, trace);
            other.decided(command, decision, trace);
        };
    }

    /** Nobody. */
    static <C, E> Decided<C, E> nobody() {
        return (command, decision, trace) -> {};
    }
}
