package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client that does not read costs a bounded queue, and the others nothing. */
@ExtendWith(InGrandstand.class)
class SlowClientIT {

    /** Their answers are more than the operating system buffers for one connection (4 MiB), and then some. */
    private static final int QUESTIONS = 400_000;

    private static final int RENAMES = 100;
    private static final Duration PUT_OUT_WITHIN = Duration.ofSeconds(30);

    @Test
    void whoDoesNotReadIsPutOutAndTheOthersDoNotNotice(Venue venue) {
        var room = venue.newRoom("stalled");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var stalled = venue.stalledSocket(room, "Stalled");
        Visitor.await("the stalled one to be in the room")
                .until(() -> vera.people().contains("Stalled"));

        stalled.askInVain(QUESTIONS);
        var eve = venue.socket();
        eve.join(room, "Eve");
        for (int i = 2; i < RENAMES; i++) {
            eve.send("{\"type\":\"rename\",\"id\":%d,\"name\":\"Eve the %dth\"}".formatted(i, i));
        }
        eve.reply(RENAMES - 1);

        ann.say("still with me?");
        vera.awaitChat("still with me?");
        vera.awaitFramesOf("Ann", 20);
        Visitor.await("the stalled one to be put out").atMost(PUT_OUT_WITHIN).until(() -> !vera.people()
                .contains("Stalled"));
        vera.awaitFramesOf("Ann", 20);
        assertThat(eve.isOpen()).isTrue();
    }
}
