package dev.grandstand.eventlog.streams;

import dev.grandstand.eventlog.Topic;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import org.jspecify.annotations.Nullable;

/**
 * What to run: which commands become which events by which rules.
 *
 * @param name of the application: its consumer group, and the prefix of its changelog topic
 * @param commands read
 * @param events written
 * @param decider the rules
 * @param parts how state is stored
 * @param summaries what is shown of the state, if anything
 * @param timers what becomes due by time, if anything
 * @param decided told of each command and its decision, on a stream thread, before they are committed
 * @param <C> the family of commands
 * @param <E> the family of events
 * @param <S> the state of one room
 */
public record DeciderSpec<C, E, S>(
        String name,
        Topic<CommandRecord<C>> commands,
        Topic<EventRecord<E>> events,
        Decider<C, E, S> decider,
        StateParts<E, S> parts,
        @Nullable Summaries<S, ?> summaries,
        @Nullable Timers<C, S> timers,
        Decided<C, E> decided) {

    /** Rules and nothing else. */
    public static <C, E, S> DeciderSpec<C, E, S> of(
            String name,
            Topic<CommandRecord<C>> commands,
            Topic<EventRecord<E>> events,
            Decider<C, E, S> decider,
            StateParts<E, S> parts) {
        return new DeciderSpec<>(name, commands, events, decider, parts, null, null, Decided.nobody());
    }

    /** The same with summaries. */
    public DeciderSpec<C, E, S> with(Summaries<S, ?> more) {
        return new DeciderSpec<>(name, commands, events, decider, parts, more, timers, decided);
    }

    /** The same with timers. */
    public DeciderSpec<C, E, S> with(Timers<C, S> more) {
        return new DeciderSpec<>(name, commands, events, decider, parts, summaries, more, decided);
    }

    /** The same with one more who counts or logs. */
    public DeciderSpec<C, E, S> with(Decided<C, E> more) {
        return new DeciderSpec<>(name, commands, events, decider, parts, summaries, timers, decided.and(more));
    }
}
