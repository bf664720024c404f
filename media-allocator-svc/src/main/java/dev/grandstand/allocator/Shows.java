package dev.grandstand.allocator;

import dev.grandstand.allocator.scaling.Schedule;
import dev.grandstand.eventlog.Entry;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The announced shows: what operators said, which stands in a topic, and what stands in a file. If both name the same show the
 * operators' word counts. Confined to one context.
 */
final class Shows {

    /** Over for so long, a show is of no use to anybody. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Map<ShowId, ScheduledShow> ordered = new HashMap<>();
    private Map<ShowId, ScheduledShow> filed = Map.of();

    /** Where a show was announced. */
    enum Origin {
        OPERATORS,
        FILE
    }

    /** A record of the topic. */
    void heard(Entry<ScheduledShow> entry) {
        var show = entry.value();
        if (show == null) {
            ordered.remove(new ShowId(entry.key()));
        } else {
            ordered.put(show.id(), show);
        }
    }

    /** What the file says now; the last of those that have the same id. */
    void filed(List<ScheduledShow> shows) {
        var byId = new HashMap<ShowId, ScheduledShow>();
        shows.forEach(show -> byId.put(show.id(), show));
        filed = byId;
    }

    /** All of them, the next one first. */
    List<ScheduledShow> all() {
        var all = new HashMap<>(filed);
        all.putAll(ordered);
        return all.values().stream()
                .sorted(Comparator.comparing(ScheduledShow::startsAt)
                        .thenComparing(show -> show.id().value()))
                .toList();
    }

    Optional<ScheduledShow> show(ShowId id) {
        return Optional.ofNullable(ordered.getOrDefault(id, filed.get(id)));
    }

    /** Where what counts of it was said; nothing if there is no such show. */
    Optional<Origin> origin(ShowId id) {
        return ordered.containsKey(id)
                ? Optional.of(Origin.OPERATORS)
                : filed.containsKey(id) ? Optional.of(Origin.FILE) : Optional.empty();
    }

    /** As a scaling decision wants them. */
    Schedule schedule() {
        return new Schedule(all());
    }

    /** Those of the topic that were over long ago. */
    List<ScheduledShow> past(Instant now) {
        var past = new ArrayList<>(ordered.values());
        past.removeIf(show -> show.endsAt().plus(KEPT).isAfter(now));
        return past;
    }
}
