package dev.grandstand.signaling;

import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.servicekit.Health;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** What the clients of this process do, and how that goes. Thread-safe. */
final class SignalingMetrics {

    private static final String JOIN = "Join";

    private final MeterRegistry meters = Health.meters();
    private final Map<String, Counter> requests = new ConcurrentHashMap<>();
    private final Timer joins =
            Health.timer("grandstand.join", "from a join's arrival to its answer, of those that got in");
    private final Timer firstFrames = Health.timer(
            "grandstand.client.first.frame", "from asking for a stream to its first frame, as clients say");
    private final Timer joinsSeen =
            Health.timer("grandstand.client.join", "from wanting to enter a room to being in it, as clients say");
    private final Counter busy = refusals(ErrorCode.BUSY);
    private final Counter tooMany = refusals(ErrorCode.RATE_LIMITED);
    private final Counter dropped = Counter.builder("grandstand.frames.dropped")
            .description("frames that a client that is behind was not sent")
            .register(meters);
    private final Counter stalled = Counter.builder("grandstand.sockets.stalled")
            .description("sockets closed because their client did not read")
            .register(meters);
    private final IntSupplier sessions;

    /** @param sessions how many sockets are open; asked from any thread */
    SignalingMetrics(IntSupplier sessions) {
        this.sessions = sessions;
        Gauge.builder("grandstand.sessions", this, here -> here.sessions.getAsInt())
                .description("open sockets")
                .register(meters);
    }

    private Counter refusals(ErrorCode code) {
        return Counter.builder("grandstand.connections.refused")
                .description("sockets that were not let in")
                .tag("reason", code.wire())
                .register(meters);
    }

    void notLetIn(Refusal refusal) {
        (refusal.code() == ErrorCode.BUSY ? busy : tooMany).increment();
    }

    void frameDropped() {
        dropped.increment();
    }

    void socketStalled() {
        stalled.increment();
    }

    void carriedOut(String type, long beganNanos) {
        count(type, "ok");
        if (type.equals(JOIN)) {
            joins.record(Duration.ofNanos(System.nanoTime() - beganNanos));
        }
    }

    void shown(ClientMessage.FirstFrame report) {
        firstFrames.record(Duration.ofMillis(report.viewMs()));
        if (report.joinMs() != null) {
            joinsSeen.record(Duration.ofMillis(report.joinMs()));
        }
    }

    void refused(String type, Refusal refusal) {
        count(type, refusal.code().wire());
    }

    /** Both come from lists in the code, never from a client. */
    private void count(String type, String outcome) {
        requests.computeIfAbsent(type + ' ' + outcome, key -> Counter.builder("grandstand.requests")
                        .description("clients' requests")
                        .tag("type", type)
                        .tag("outcome", outcome)
                        .register(meters))
                .increment();
    }
}
