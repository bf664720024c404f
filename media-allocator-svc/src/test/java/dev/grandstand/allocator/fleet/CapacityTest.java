package dev.grandstand.allocator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How many seats a node carries, and when it has had its time. */
class CapacityTest {

    private static final SeatBounds BOUNDS = new SeatBounds(20, 100, 1_000, 0.6);

    @Test
    void withoutAnythingSeenItIsWhatIsAssumed() {
        assertThat(Capacity.assumed(100, BOUNDS).seats()).isEqualTo(100);
        assertThat(Capacity.assumed(5, BOUNDS).seats()).isEqualTo(20);
        assertThat(Capacity.assumed(5_000, BOUNDS).seats()).isEqualTo(1_000);
    }

    @Test
    void cheapSeatsBecomeMore() {
        // A quarter of a percent each: 240 of them use 60 %.
        assertThat(after(200, 60, 0.25).seats()).isBetween(225, 240);
    }

    @Test
    void dearSeatsBecomeFewer() {
        assertThat(after(200, 60, 1.5).seats()).isBetween(40, 44);
    }

    @Test
    void boundsHold() {
        assertThat(after(400, 100, 0.001).seats()).isEqualTo(1_000);
        assertThat(after(400, 100, 50).seats()).isEqualTo(20);
        assertThat(after(400, 100, 0).seats()).isEqualTo(1_000);
    }

    @Test
    void aFixedNumberIsKept() {
        var fixed = SeatBounds.fixed(100);

        assertThat(fixed.isFixed()).isTrue();
        assertThat(Capacity.assumed(100, fixed).observed(100, 99, fixed).seats())
                .isEqualTo(100);
    }

    @Test
    void anAlmostEmptyNodeTeachesNothing() {
        var before = Capacity.assumed(100, BOUNDS);

        assertThat(before.observed(0, 50, BOUNDS)).isEqualTo(before);
        assertThat(before.observed(9, 50, BOUNDS)).isEqualTo(before);
    }

    @Test
    void oneLookOutOfLineChangesLittle() {
        var settled = after(200, 60, 0.6);

        assertThat(settled.observed(60, 100, BOUNDS).seats()).isBetween(90, 100);
    }

    @Test
    void aNoisyMeasurementDoesNotMakeItTremble() {
        var noise = new Random(7);
        var capacity = after(200, 60, 0.6);
        int changes = 0;
        for (int i = 0; i < 500; i++) {
            var next = capacity.observed(60, 60 * 0.6 * (0.7 + 0.6 * noise.nextDouble()), BOUNDS);
            changes += next.seats() == capacity.seats() ? 0 : 1;
            capacity = next;
        }

        assertThat(changes).isLessThanOrEqualTo(3);
        assertThat(capacity.seats()).isBetween(90, 110);
    }

    @Test
    void boundsHaveAnOrder() {
        assertThatThrownBy(() -> new SeatBounds(10, 5, 20, 0.6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SeatBounds(1, 5, 20, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNodeIsWornAtFourFifthsOfTheNearestOfItsLimits() {
        var wear = new Wear(1_000, Duration.ofHours(10));

        assertThat(wear.score(500, Duration.ofHours(1))).isEqualTo(0.5);
        assertThat(wear.isTooWorn(799, Duration.ofHours(1))).isFalse();
        assertThat(wear.isTooWorn(800, Duration.ofHours(1))).isTrue();
        assertThat(wear.isTooWorn(0, Duration.ofHours(8))).isTrue();
        assertThat(Wear.UNLIMITED.isTooWorn(Long.MAX_VALUE, Duration.ofDays(9_999)))
                .isFalse();
    }

    @Test
    void whoRefusesWhileHalfEmptyHasLeaked() {
        assertThat(Wear.hasLeaked(49, 100)).isTrue();
        assertThat(Wear.hasLeaked(50, 100)).isFalse();
    }

    private static Capacity after(int looks, int taken, double percentPerSeat) {
        var capacity = Capacity.assumed(100, BOUNDS);
        for (int i = 0; i < looks; i++) {
            capacity = capacity.observed(taken, taken * percentPerSeat, BOUNDS);
        }
        return capacity;
    }
}
