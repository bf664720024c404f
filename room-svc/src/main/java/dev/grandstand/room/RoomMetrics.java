package dev.grandstand.room;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.servicekit.Health;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts commands by type and outcome, and shows how many rooms and participants the whole system has. */
final class RoomMetrics {

    private final MeterRegistry meters;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Timer wait;

    RoomMetrics(MeterRegistry meters, RoomDirectory directory) {
        this.meters = meters;
        wait = Health.timer("grandstand.room.command.wait", "from the sending of a command to its decision");
        Gauge.builder("grandstand.rooms", directory, RoomDirectory::size)
                .description("open rooms, of all instances")
                .register(meters);
        Gauge.builder("grandstand.participants", directory, RoomDirectory::participants)
                .description("participants of all rooms")
                .register(meters);
    }

    void decided(CommandRecord<RoomCommand> command, Decision<RoomEvent> decision, Trace trace) {
        wait.record(Duration.between(command.at(), Instant.now()));
        var refused = decision.events().stream().anyMatch(RoomEvent.CommandRefused.class::isInstance);
        counter(command.command().getClass().getSimpleName(), refused ? "refused" : "carried-out")
                .increment();
    }

    private Counter counter(String type, String outcome) {
        return counters.computeIfAbsent(type + outcome, key -> Counter.builder("grandstand.room.commands")
                .description("commands decided by this instance")
                .tag("type", type)
                .tag("outcome", outcome)
                .register(meters));
    }
}
