package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;

/**
 * The rules of one room, pure: no clock but the command's, no randomness, no I/O. So the same commands in the same order
 * always lead to the same events, and the state is nothing but the fold of the events.
 *
 * @param <C> the family of commands
 * @param <E> the family of events
 * @param <S> the state of one room, immutable
 */
public interface Decider<C, E, S> {

    /** The state of a room of which nothing is known: either it never was, or everything of it has been forgotten. */
    S initial(RoomId room);

    /** Whether this is {@link #initial} again, so that nothing has to be kept. */
    boolean isInitial(S state);

    /** What the command leads to; a refusal is an event, too. */
    Decision<E> decide(S state, CommandRecord<C> command);

    /** The state after the event. */
    S evolve(S state, EventRecord<E> event);
}
