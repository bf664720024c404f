package dev.grandstand.relay;

import dev.grandstand.relay.media.MediaEngine;
import dev.grandstand.relay.media.MediaFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Shows what a media engine carries. The meters hold it weakly. */
final class RelayMetrics {

    private final MeterRegistry meters;
    private final MediaEngine engine;

    private RelayMetrics(MeterRegistry meters, MediaEngine engine) {
        this.meters = meters;
        this.engine = engine;
    }

    static void show(MeterRegistry meters, MediaEngine engine) {
        var shown = new RelayMetrics(meters, engine);
        shown.gauge("grandstand.relay.endpoints", "peers", MediaFigures::endpoints);
        shown.gauge("grandstand.relay.streams", "audio and video that comes from peers", MediaFigures::streams);
        Gauge.builder("grandstand.relay.loop.delay", engine, RelayMetrics::delay)
                .description("the latest that the media thread came to what was due, in the last second")
                .baseUnit("seconds")
                .register(meters);
        shown.counters("grandstand.relay.packets", "RTP packets", MediaFigures.Sum::packets);
        shown.counters("grandstand.relay.bytes", "bytes of RTP packets", MediaFigures.Sum::bytes);
        shown.counters("grandstand.relay.packets.lost", "RTP packets that did not arrive", MediaFigures.Sum::lost);
        shown.counters("grandstand.relay.nacks", "NACK messages", MediaFigures.Sum::nacks);
        shown.counters(
                "grandstand.relay.keyframe.requests", "PLI and FIR messages", MediaFigures.Sum::keyframeRequests);
    }

    private static double delay(MediaEngine shown) {
        return shown.figures().loopDelayNanos() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void gauge(String name, String description, ToLongFunction<MediaFigures> figure) {
        Gauge.builder(name, engine, shown -> figure.applyAsLong(shown.figures()))
                .description(description)
                .register(meters);
    }

    private void counters(String name, String description, ToLongFunction<MediaFigures.Sum> figure) {
        FunctionCounter.builder(
                        name,
                        engine,
                        shown -> figure.applyAsLong(shown.figures().received()))
                .description(description)
                .tag("direction", "in")
                .register(meters);
        FunctionCounter.builder(
                        name,
                        engine,
                        shown -> figure.applyAsLong(shown.figures().sent()))
                .description(description)
                .tag("direction", "out")
                .register(meters);
    }
}
