package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PingTurnsTest {

    private static final int TURNS = (int) PingTurns.ROUND.dividedBy(PingTurns.TURN);

    private final PingTurns turns = new PingTurns();
    private final List<Integer> pinged = new ArrayList<>();

    @Test
    void whoCameTogetherIsPingedInTurns() {
        for (int socket = 0; socket < 10 * TURNS; socket++) {
            open(socket);
        }

        for (int turn = 1; turn <= TURNS; turn++) {
            turns.tick();
            assertThat(pinged).hasSize(10 * turn);
        }

        assertThat(pinged).doesNotHaveDuplicates();
    }

    @Test
    void eachIsPingedOnceARound() {
        open(1);

        for (int turn = 0; turn < 3 * TURNS; turn++) {
            turns.tick();
        }

        assertThat(pinged).isEqualTo(Collections.nCopies(3, 1));
    }

    @Test
    void whoIsGoneIsNotPinged() {
        var end = open(1);
        open(2);
        end.run();

        for (int turn = 0; turn < TURNS; turn++) {
            turns.tick();
        }

        assertThat(pinged).containsExactly(2);
    }

    @Test
    void aPingMayEndItself() {
        var end = new ArrayList<Runnable>();
        end.add(turns.every(() -> {
            pinged.add(1);
            end.getFirst().run();
        }));

        for (int turn = 0; turn < 2 * TURNS; turn++) {
            turns.tick();
        }

        assertThat(pinged).containsExactly(1);
    }

    private Runnable open(int socket) {
        return turns.every(() -> pinged.add(socket));
    }
}
