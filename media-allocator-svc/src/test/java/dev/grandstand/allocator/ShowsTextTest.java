package dev.grandstand.allocator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShowsTextTest {

    private static final ScheduledShow FRIDAY = new ScheduledShow(
            new ShowId("friday"),
            new RoomId("main-stage"),
            Instant.parse("2026-08-07T20:00:00Z"),
            Instant.parse("2026-08-07T22:00:00Z"),
            50_000);

    @Test
    void yamlIsRead() {
        var parsed = ShowsText.parsed("""
                shows:
                  - id: friday
                    room: main-stage
                    startsAt: 2026-08-07T20:00:00Z
                    endsAt: 2026-08-07T22:00:00Z
                    audience: 50000
                """);

        assertThat(parsed.shows()).containsExactly(FRIDAY);
        assertThat(parsed.faults()).isEmpty();
    }

    @Test
    void jsonIsRead() {
        assertThat(ShowsText.parsed("""
                {"shows":[{"id":"friday","room":"main-stage","startsAt":"2026-08-07T20:00:00Z",
                           "endsAt":"2026-08-07T22:00:00Z","audience":50000}]}
                """).shows()).containsExactly(FRIDAY);
    }

    @Test
    void theListMayStandByItself() {
        assertThat(ShowsText.parsed("""
                - id: friday
                  room: main-stage
                  startsAt: "2026-08-07T20:00:00Z"
                  endsAt: "2026-08-07T22:00:00Z"
                  audience: 50000
                """).shows()).containsExactly(FRIDAY);
    }

    @Test
    void goodEntriesStandBesideBadOnes() {
        var parsed = ShowsText.parsed("""
                shows:
                  - { id: a, room: Main Stage, startsAt: 2026-08-07T20:00:00Z, endsAt: 2026-08-07T22:00:00Z, audience: 5 }
                  - { id: friday, room: main-stage, startsAt: 2026-08-07T20:00:00Z, endsAt: 2026-08-07T22:00:00Z, audience: 50000 }
                  - { id: b, room: main-stage, startsAt: 2026-08-07T20:00:00Z, endsAt: 2026-08-07T20:00:00Z, audience: 5 }
                  - { id: c, room: main-stage, startsAt: tomorrow, endsAt: 2026-08-07T22:00:00Z, audience: 5 }
                  - { id: d, room: main-stage, startsAt: 2026-08-07T20:00:00Z, endsAt: 2026-08-07T22:00:00Z }
                  - { room: main-stage, startsAt: 2026-08-07T20:00:00Z, endsAt: 2026-08-07T22:00:00Z, audience: 5 }
                  -
                """);

        assertThat(parsed.shows()).containsExactly(FRIDAY);
        assertThat(parsed.faults())
                .containsExactly(
                        "show 1: the field room is bad: a room id has the form [a-z0-9][a-z0-9-]{0,63}",
                        "show 3: a show ends after it starts",
                        "show 4: the field startsAt is bad: it has the wrong form",
                        "show 5: the field audience is missing",
                        "show 6: the field id is missing",
                        "show 7: it has no fields");
    }

    @Test
    void nothingIsNoShow() {
        assertThat(ShowsText.parsed("").shows()).isEmpty();
        assertThat(ShowsText.parsed("shows: []").shows()).isEmpty();
    }

    @Test
    void whatIsNoListOfShowsIsRefused() {
        assertThatThrownBy(() -> ShowsText.parsed("shows: [")).isInstanceOf(BadValue.class);
        assertThatThrownBy(() -> ShowsText.parsed("show: 1"))
                .isInstanceOf(BadValue.class)
                .hasMessage("there is no list called shows");
    }
}
