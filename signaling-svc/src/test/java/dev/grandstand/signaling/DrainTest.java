package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Duration OVER = Duration.ofSeconds(10);

    private final Clockwork clock = new Clockwork();

    @Test
    void guestsAreSentAwayEvenly() {
        var guests = guests(1000);
        var drained = new Drain(clock, OVER).empty(guests);

        for (int second = 0; second < 10; second++) {
            var before = dismissed(guests);
            clock.pass(Duration.ofSeconds(1));
            assertThat(dismissed(guests) - before)
                    .as("in second " + second)
                    .isCloseTo(100, org.assertj.core.data.Offset.offset(5L));
        }
        assertThat(dismissed(guests)).isEqualTo(1000);
        assertThat(drained.succeeded()).isTrue();
    }

    @Test
    void aCrowdIsSentAwayInBatches() {
        var guests = guests(20_000);
        new Drain(clock, OVER).empty(guests);

        assertThat(dismissed(guests)).isEqualTo(40);
        assertThat(clock.waiting()).isOne();
        clock.pass(OVER);
        assertThat(dismissed(guests)).isEqualTo(20_000);
    }

    @Test
    void withoutATimeAllGoAtOnce() {
        var guests = guests(100);

        assertThat(new Drain(clock, Duration.ZERO).empty(guests).succeeded()).isTrue();
        assertThat(dismissed(guests)).isEqualTo(100);
    }

    @Test
    void whoHasGoneIsNotWaitedFor() {
        var guests = guests(10);
        var drained = new Drain(clock, OVER).empty(guests);
        assertThat(dismissed(guests)).isEqualTo(1);

        guests.forEach(guest -> guest.gone = true);
        clock.pass(Duration.ofSeconds(1));

        assertThat(drained.succeeded()).isTrue();
        assertThat(dismissed(guests)).isEqualTo(1);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void nobodyIsSentAwayTwice() {
        var guests = guests(7);
        new Drain(clock, OVER).empty(guests);
        clock.pass(OVER.multipliedBy(2));

        assertThat(guests).extracting(guest -> guest.dismissals).containsOnly(1);
    }

    @Test
    void anEmptyHouseIsDrained() {
        assertThat(new Drain(clock, OVER).empty(List.of()).succeeded()).isTrue();
    }

    private static long dismissed(List<Visitor> guests) {
        return guests.stream().filter(guest -> guest.dismissals > 0).count();
    }

    private static List<Visitor> guests(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(guest -> new Visitor()).toList());
    }

    private static final class Visitor implements Drain.Guest {

        private boolean gone;
        private int dismissals;

        @Override
        public boolean isGone() {
            return gone;
        }

        @Override
        public void dismiss() {
            dismissals++;
        }
    }
}
