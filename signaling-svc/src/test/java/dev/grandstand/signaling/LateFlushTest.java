package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LateFlushTest {

    private final Clockwork clock = new Clockwork();
    private final LateFlush late = new LateFlush(clock);
    private final List<Integer> flushed = new ArrayList<>();

    @Test
    void allThatAreExpectedAreFlushedTogether() {
        expect(1);
        clock.pass(LateFlush.WITHIN.minusMillis(1));
        expect(2);
        assertThat(flushed).isEmpty();

        clock.pass(Duration.ofMillis(1));

        assertThat(flushed).containsExactly(1, 2);
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void whoComesLaterWaitsAnew() {
        expect(1);
        clock.pass(LateFlush.WITHIN);
        expect(2);
        assertThat(flushed).containsExactly(1);

        clock.pass(LateFlush.WITHIN);

        assertThat(flushed).containsExactly(1, 2);
    }

    @Test
    void manyAreFlushedAFewHundredAtATime() {
        var many = IntStream.range(0, 2 * LateFlush.AT_ONCE + 1).boxed().toList();
        many.forEach(this::expect);

        clock.pass(LateFlush.WITHIN);

        assertThat(flushed).isEqualTo(many);
        assertThat(clock.waiting()).isZero();
    }

    private void expect(int socket) {
        late.expect(() -> flushed.add(socket));
    }
}
