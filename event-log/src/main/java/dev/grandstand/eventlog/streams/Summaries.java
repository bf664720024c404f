package dev.grandstand.eventlog.streams;

import dev.grandstand.eventlog.Topic;
import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic that shows each room's state to others. A summary is written in the transaction of the change, or,
 * for changes of which there may be many a second, once a while; so the cost does not grow with the audience.
 *
 * @param topic where to; a room that is gone gets a null value
 * @param of what to show of a room
 * @param atOnce whether the change from one state to the other must not wait
 * @param every how long other changes wait, at most
 * @param <S> the state of one room
 * @param <V> the topic's values
 */
public record Summaries<S, V>(Topic<V> topic, Function<S, V> of, BiPredicate<S, S> atOnce, Duration every) {

    byte @Nullable [] encode(S state, boolean gone) {
        return gone ? null : topic.encode(of.apply(state));
    }
}
