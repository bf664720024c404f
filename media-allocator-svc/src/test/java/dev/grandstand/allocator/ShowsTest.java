package dev.grandstand.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.eventlog.Entry;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShowsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Shows shows = new Shows();

    @Test
    void theNextOneIsFirst() {
        shows.filed(List.of(show("late", 2, 1), show("early", 1, 1)));

        assertThat(shows.schedule().shows()).containsExactly(show("early", 1, 1), show("late", 2, 1));
    }

    @Test
    void whatOperatorsSayCountsBeforeTheFile() {
        shows.filed(List.of(show("gala", 1, 100)));
        heard(show("gala", 1, 200));

        assertThat(shows.all()).containsExactly(show("gala", 1, 200));
        assertThat(shows.origin(new ShowId("gala"))).contains(Shows.Origin.OPERATORS);

        shows.heard(new Entry<>("gala", null));
        assertThat(shows.all()).containsExactly(show("gala", 1, 100));
        assertThat(shows.origin(new ShowId("gala"))).contains(Shows.Origin.FILE);
    }

    @Test
    void whatTheFileSaysNoMoreIsGone() {
        shows.filed(List.of(show("gala", 1, 100)));
        shows.filed(List.of());

        assertThat(shows.all()).isEmpty();
        assertThat(shows.origin(new ShowId("gala"))).isEmpty();
    }

    @Test
    void aShowIsPastADayAfterItsEnd() {
        heard(show("gala", 0, 1));

        assertThat(shows.past(NOON.plus(Duration.ofHours(24)))).isEmpty();
        assertThat(shows.past(NOON.plus(Duration.ofHours(25)))).containsExactly(show("gala", 0, 1));
    }

    private void heard(ScheduledShow show) {
        shows.heard(new Entry<>(show.id().value(), show));
    }

    private static ScheduledShow show(String id, int hours, int audience) {
        var startsAt = NOON.plus(Duration.ofHours(hours));
        return new ScheduledShow(
                new ShowId(id), new RoomId("main"), startsAt, startsAt.plus(Duration.ofHours(1)), audience);
    }
}
