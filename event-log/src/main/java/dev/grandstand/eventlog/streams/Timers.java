package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.CommandRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * What becomes due by the passing of time. A timer never changes a room: it sends commands, which stand in the topic like
 * anybody's and are decided in their turn. So a replay needs no clock. What is due is asked again each time, until the
 * commands have had their effect; a command that comes twice has to be harmless.
 *
 * @param every how often to ask
 * @param due the commands that are due, given every room that this instance holds; called on a stream thread
 * @param <C> the family of commands
 * @param <S> the state of one room
 */
public record Timers<C, S>(Duration every, Function<Collection<S>, List<CommandRecord<C>>> due) {}
