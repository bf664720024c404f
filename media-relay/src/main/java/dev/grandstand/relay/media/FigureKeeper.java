package dev.grandstand.relay.media;

import java.util.Collection;

/** Adds up what all endpoints of a node do, those included that are gone. Loop thread only, but for {@link #figures}. */
final class FigureKeeper {

    private static final int TICKS = 4;

    private MediaFigures.Sum goneReceived = MediaFigures.Sum.NOTHING;
    private MediaFigures.Sum goneSent = MediaFigures.Sum.NOTHING;
    private long worstDelay;
    private int ticks;
    private volatile MediaFigures figures = MediaFigures.NONE;

    MediaFigures figures() {
        return figures;
    }

    /** Its counters end with it. */
    void gone(RelayEndpoint endpoint) {
        var stats = endpoint.stats();
        for (var track : stats.inbound()) {
            goneReceived = goneReceived.plus(track);
        }
        for (var track : stats.outbound()) {
            goneSent = goneSent.plus(track);
        }
    }

    /** @param delay how late this tick is, in nanoseconds */
    void tick(Collection<RelayEndpoint> endpoints, long delay) {
        worstDelay = Math.max(worstDelay, delay);
        if (++ticks < TICKS) {
            return;
        }
        var received = goneReceived;
        var sent = goneSent;
        int streams = 0;
        for (var endpoint : endpoints) {
            var stats = endpoint.stats();
            streams += stats.inbound().size();
            for (var track : stats.inbound()) {
                received = received.plus(track);
            }
            for (var track : stats.outbound()) {
                sent = sent.plus(track);
            }
        }
        var before = figures;
        figures = new MediaFigures(
                endpoints.size(),
                streams,
                received.notBefore(before.received()),
                sent.notBefore(before.sent()),
                worstDelay);
        worstDelay = 0;
        ticks = 0;
    }
}
