package dev.grandstand.eventlog.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.streams.LagInfo;

/**
 * Of how many partitions this process has the whole state, whether it decides them or keeps a copy: whoever kills or
 * replaces an instance wants to know whether somebody can take over at once.
 */
final class Copies {

    /** What comes after fewer records than this is there in a few milliseconds; while anything is decided there are some. */
    private static final long NEARLY_NONE = 1_000;

    private volatile long complete;

    Copies(MeterRegistry meters, String application) {
        Gauge.builder("grandstand.decider.copies.complete", this, copies -> copies.complete)
                .tag("application", application)
                .description("Partitions whose whole state is in this process, decided here or not")
                .register(meters);
    }

    void behind(Map<String, Map<Integer, LagInfo>> lags) {
        complete = lags.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .filter(lag -> lag.offsetLag() < NEARLY_NONE)
                .count();
    }
}
