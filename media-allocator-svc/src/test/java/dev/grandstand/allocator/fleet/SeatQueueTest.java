package dev.grandstand.allocator.fleet;

import static dev.grandstand.allocator.fleet.Story.A;
import static dev.grandstand.allocator.fleet.Story.OTHER;
import static dev.grandstand.allocator.fleet.Story.SHOW;
import static dev.grandstand.allocator.fleet.Story.granted;
import static dev.grandstand.allocator.fleet.Story.queued;
import static dev.grandstand.allocator.fleet.Story.refused;
import static dev.grandstand.allocator.fleet.Story.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.SeatPriority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Who waits, for how long, and who goes first. */
class SeatQueueTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Story story = Story.spread();

    @Test
    void whoPaidMoreIsSeatedFirst() {
        full().asks(SHOW, "bob").then(queued("bob", 1, 30));
        story.asks(SHOW, "cat", 5).then(queued("cat", 5, 1, 30));
        story.passes(1).asks(SHOW, "dan", 5).then(queued("dan", 5, 2, 60));

        story.returns(SHOW, "ann").then(released("ann"), granted(SHOW, "cat", A));
        story.returns(SHOW, "cat").then(released("cat"), granted(SHOW, "dan", A));
        story.returns(SHOW, "dan").then(released("dan"), granted(SHOW, "bob", A));
    }

    @Test
    void whoIsOvertakenHearsOfItWithTheNextTick() {
        full().asks(SHOW, "bob").asks(SHOW, "cat", 9);

        story.ticks().then(queued("bob", 2, 60));
        story.ticks().then();
    }

    @Test
    void whoAsksAgainKeepsTheirPlace() {
        full().asks(SHOW, "bob").passes(1).asks(SHOW, "cat");

        story.passes(1).asks(SHOW, "bob").then(queued("bob", 1, 30));
        story.returns(SHOW, "ann").then(released("ann"), granted(SHOW, "bob", A));
    }

    @Test
    void nobodyWaitsForEver() {
        full().asks(SHOW, "bob").passes(60).asks(OTHER, "cat");

        story.passes(60).ticks();
        assertThat(story.told()).startsWith(refused("bob", 120)).hasSize(2);
        story.returns(SHOW, "ann").passes(60).ticks();
        assertThat(story.fleet().waiting(OTHER, Story.person("cat"))).isPresent();
        story.made(OTHER, A);
        assertThat(story.fleet().hasSeat(OTHER, Story.person("cat"))).isTrue();
    }

    @Test
    void whoWasRefusedMayAskAgainAndIsTheLast() {
        full().asks(SHOW, "bob").passes(100).asks(SHOW, "cat").passes(20).ticks();

        story.asks(SHOW, "bob");
        story.returns(SHOW, "ann").then(released("ann"), granted(SHOW, "cat", A));
    }

    @Test
    void aNodeThatIsStartingIsWhatTheyWaitFor() {
        full().expects(new Arrival(story.now().plusSeconds(12), 100)).then();

        story.asks(SHOW, "bob").then(queued("bob", 1, 12));
        story.passes(6).asks(SHOW, "cat").then(queued("cat", 2, 6));
        story.ticks().then(queued("bob", 1, 6));
    }

    @Test
    void expectedIsWhateverComesFirst() {
        var everyTenSeconds = new Turnover(NOON, 10_000);
        var outlook = new Outlook(
                everyTenSeconds, List.of(new Arrival(NOON.plusSeconds(95), 50), new Arrival(NOON.plusSeconds(35), 3)));

        assertThat(outlook.expectedWait(1, NOON)).isEqualTo(Duration.ofSeconds(10));
        assertThat(outlook.expectedWait(3, NOON)).isEqualTo(Duration.ofSeconds(30));
        assertThat(outlook.expectedWait(4, NOON)).isEqualTo(Duration.ofSeconds(35));
        assertThat(outlook.expectedWait(8, NOON)).isEqualTo(Duration.ofSeconds(50));
        assertThat(outlook.expectedWait(20, NOON)).isEqualTo(Duration.ofSeconds(95));
        assertThat(outlook.expectedWait(63, NOON)).isEqualTo(Duration.ofSeconds(100));
        assertThat(outlook.expectedWait(10_000, NOON)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whenSeatsCeaseToBecomeFreeTheWaitGrowsBeforeTheNextOneDoes() {
        var outlook = new Outlook(new Turnover(NOON, 10_000), List.of());

        assertThat(outlook.expectedWait(1, NOON.plusSeconds(10))).isEqualTo(Duration.ofSeconds(10));
        assertThat(outlook.expectedWait(1, NOON.plusSeconds(60))).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void prioritiesGoFromNoughtToNine() {
        assertThat(new SeatPriority(9)).isGreaterThan(SeatPriority.ORDINARY);
        for (int level : List.of(-1, 10)) {
            Assertions.assertThatThrownBy(() -> new SeatPriority(level)).isInstanceOf(BadValue.class);
        }
    }

    /** Ann has the only seat. */
    private Story full() {
        return story.node(A, 1).seats(SHOW, A, "ann");
    }
}
