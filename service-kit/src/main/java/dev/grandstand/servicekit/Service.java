package dev.grandstand.servicekit;

import io.vertx.core.Future;
import java.time.Duration;

/** Something that runs until it is stopped: a service as a whole, or a part of one. */
public interface Service {

    /** Completes when it serves. If it fails, whatever had been started is stopped again. */
    Future<Void> start();

    /** Completes when nothing of it is left running. What had been acknowledged before is not lost. */
    Future<Void> stop();

    /** How long {@link #stop} may take before it is given up. */
    default Duration stopsWithin() {
        return Duration.ofSeconds(20);
    }
}
