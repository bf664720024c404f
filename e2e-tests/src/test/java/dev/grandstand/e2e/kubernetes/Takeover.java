package dev.grandstand.e2e.kubernetes;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/**
 * How long the allocator that stood by needs to replace one that was killed.
 *
 * @param leads until it says that it decides
 * @param seat until it has granted somebody a seat, which is what an audience notices
 */
public record Takeover(Duration leads, Duration seat) {

    private static final Duration LOOK = Duration.ofMillis(20);

    /** Kills the allocator that decides, while people ask for seats. */
    public static Takeover after(KubernetesShow show) {
        var leader = show.leader();
        leader.kill();
        var killed = System.nanoTime();
        int granted = show.ledger().granted();

        await("the other to lead").until(() -> show.leads(show.other(leader)));
        var leads = since(killed);
        await("the other to grant a seat").until(() -> show.ledger().granted() > granted);
        var seat = since(killed);
        leader.start().awaitReady();
        return new Takeover(leads, seat);
    }

    private static ConditionFactory await(String what) {
        return Crowd.await(what).pollInterval(LOOK);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public String toString() {
        return "the other allocator led %d ms after the leader was killed, and granted a seat after %d ms"
                .formatted(leads.toMillis(), seat.toMillis());
    }
}
