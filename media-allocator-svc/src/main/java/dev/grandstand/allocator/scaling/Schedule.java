package dev.grandstand.allocator.scaling;

import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.scaling.Demand;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The shows that are announced.
 *
 * @param shows in any order
 */
public record Schedule(List<ScheduledShow> shows) {

    /** No show is announced. */
    public static final Schedule NONE = new Schedule(List.of());

    /** Copies the list. */
    public Schedule {
        shows = List.copyOf(shows);
    }

    /** Of two shows in one room the larger counts: the audience of one stays for the other. */
    static Map<RoomId, Integer> expected(Collection<ScheduledShow> shows) {
        return shows.stream().collect(Collectors.toMap(ScheduledShow::room, ScheduledShow::audience, Math::max));
    }

    /** Who of each expected audience is there. */
    static Map<RoomId, Integer> came(Collection<ScheduledShow> shows, Demand demand) {
        return expected(shows).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        show -> Math.min(show.getValue(), demand.audiences().getOrDefault(show.getKey(), 0))));
    }
}
