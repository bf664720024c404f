package dev.grandstand.signaling;

import java.time.Duration;

/** Does something once, some time later, on the same event loop. */
@FunctionalInterface
interface Later {

    void in(Duration delay, Runnable action);
}
