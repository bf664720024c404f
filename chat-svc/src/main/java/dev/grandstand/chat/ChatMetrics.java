package dev.grandstand.chat;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.servicekit.Health;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts commands by type and outcome. */
final class ChatMetrics {

    private final MeterRegistry meters;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Timer wait;

    ChatMetrics(MeterRegistry meters) {
        this.meters = meters;
        wait = Health.timer("grandstand.chat.command.wait", "from the sending of a command to its decision");
    }

    void decided(CommandRecord<ChatCommand> command, Decision<ChatEvent> decision, Trace trace) {
        wait.record(Duration.between(command.at(), Instant.now()));
        var outcome = decision.events().stream()
                .map(event -> event instanceof ChatEvent.CommandRefused refused ? refused.code() : "carried-out")
                .findFirst()
                .orElse("carried-out");
        counter(command.command().getClass().getSimpleName(), outcome).increment();
    }

    private Counter counter(String type, String outcome) {
        return counters.computeIfAbsent(type + outcome, key -> Counter.builder("grandstand.chat.commands")
                .description("commands decided by this instance")
                .tag("type", type)
                .tag("outcome", outcome)
                .register(meters));
    }
}
