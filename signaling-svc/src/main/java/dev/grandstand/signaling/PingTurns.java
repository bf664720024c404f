package dev.grandstand.signaling;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pings sockets in turns (RFC 6455 section 5.5.2), so that those that were opened together, as at the beginning of a show or
 * after another instance has gone, are not all pinged together for as long as they stand. Lives on one event loop.
 */
final class PingTurns {

    /** Each socket is pinged so often; the first time so long after it was opened at most. */
    static final Duration ROUND = Duration.ofSeconds(15);

    /** To be ticked so often. */
    static final Duration TURN = Duration.ofMillis(250);

    private final List<Set<Runnable>> turns = Stream.generate(() -> (Set<Runnable>) new HashSet<Runnable>())
            .limit(ROUND.dividedBy(TURN))
            .toList();

    private int turn;
    private int next;

    /**
     * @param ping is done once a round
     * @return ends it
     */
    Runnable every(Runnable ping) {
        var mine = turns.get(next);
        next = (next + 1) % turns.size();
        mine.add(ping);
        return () -> mine.remove(ping);
    }

    void tick() {
        turn = (turn + 1) % turns.size();
        // A ping may find its socket broken, and end.
        List.copyOf(turns.get(turn)).forEach(Runnable::run);
    }
}
