package dev.grandstand.room;

import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.instance.InstanceBeat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which signaling instances are silent. The measure is no clock but this process's own beats as they come back through
 * the same topic: an instance is lost when so many of ours have arrived without one of its. While Kafka is away, this
 * process pauses, or the whole laptop sleeps, ours do not arrive either, and nobody is taken for lost.
 *
 * <p>An instance that was never heard is silent since the watch began. Beats come on one thread; anyone may ask.
 */
final class InstanceWatch {

    private final InstanceId self;
    private final int patience;
    private final Map<InstanceId, Long> lastHeard = new ConcurrentHashMap<>();
    private volatile long ownBeats;

    /** @param patience how many of our own beats an instance may miss */
    InstanceWatch(InstanceId self, int patience) {
        this.self = self;
        this.patience = patience;
    }

    void heard(InstanceBeat beat) {
        if (beat.instance().equals(self)) {
            var now = ownBeats + 1;
            // Whoever is lost may be forgotten: never heard and not heard for long come to the same.
            lastHeard.values().removeIf(heard -> now - heard >= patience && now >= patience);
            ownBeats = now;
        } else {
            lastHeard.put(beat.instance(), ownBeats);
        }
    }

    boolean isLost(InstanceId instance) {
        return ownBeats - lastHeard.getOrDefault(instance, 0L) >= patience;
    }
}
