package dev.grandstand.eventlog.streams;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.RoomId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small domain: each room has counters by name. A command adds to one; a counter that comes to zero is gone, and a room
 * without counters, too.
 */
final class Counting
        implements Decider<Counting.Add, Counting.Added, Counting.Counters>,
                StateParts<Counting.Added, Counting.Counters> {

    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    record Add(String counter, int amount) {}

    record Added(String counter, int total) {}

    record Counters(RoomId room, Map<String, Integer> totals) {}

    record Shown(RoomId room, int counters) {}

    static final Topic<CommandRecord<Add>> COMMANDS = new Topic<>(
            "count-commands",
            new TypeReference<>() {},
            command -> command.room().value(),
            Topic.Retention.LOG);
    static final Topic<EventRecord<Added>> EVENTS = new Topic<>(
            "count-events", new TypeReference<>() {}, event -> event.room().value(), Topic.Retention.LOG);
    static final Topic<Shown> SHOWN = new Topic<>(
            "counts", new TypeReference<>() {}, shown -> shown.room().value(), Topic.Retention.COMPACTED);

    static DeciderSpec<Add, Added, Counters> spec(String name) {
        var counting = new Counting();
        return DeciderSpec.of(name, COMMANDS, EVENTS, counting, counting);
    }

    static Summaries<Counters, Shown> summaries() {
        return new Summaries<>(
                SHOWN,
                counters -> new Shown(counters.room(), counters.totals().size()),
                (before, after) -> before.totals().isEmpty() || after.totals().isEmpty(),
                Duration.ofSeconds(1));
    }

    static CommandRecord<Add> add(String room, String counter, int amount) {
        return new CommandRecord<>(
                CommandId.random(), new RoomId(room), new InstanceId("test"), NOON, new Add(counter, amount));
    }

    @Override
    public Counters initial(RoomId room) {
        return new Counters(room, Map.of());
    }

    @Override
    public boolean isInitial(Counters state) {
        return state.totals().isEmpty();
    }

    @Override
    public Decision<Added> decide(Counters state, CommandRecord<Add> command) {
        var add = command.command();
        var total = state.totals().getOrDefault(add.counter(), 0) + add.amount();
        if (total < 0) {
            throw new IllegalStateException("a rule that chokes");
        }
        return Decision.of(new Added(add.counter(), total));
    }

    @Override
    public Counters evolve(Counters state, EventRecord<Added> record) {
        var totals = new HashMap<>(state.totals());
        if (record.event().total() == 0) {
            totals.remove(record.event().counter());
        } else {
            totals.put(record.event().counter(), record.event().total());
        }
        return new Counters(state.room(), Map.copyOf(totals));
    }

    @Override
    public Set<String> touched(Counters before, EventRecord<Added> event) {
        return Set.of(event.event().counter());
    }

    @Override
    public byte @Nullable [] encode(Counters state, String part) {
        var total = state.totals().get(part);
        return total == null ? null : Json.encode(total);
    }

    @Override
    public Counters restore(RoomId room, Map<String, byte[]> parts) throws BadJson {
        var totals = new HashMap<String, Integer>();
        for (var part : parts.entrySet()) {
            totals.put(part.getKey(), Json.decode(part.getValue(), Integer.class));
        }
        return new Counters(room, Map.copyOf(totals));
    }

    static List<String> totals(List<EventRecord<Added>> events) {
        return events.stream()
                .map(record -> record.event().counter() + "=" + record.event().total())
                .toList();
    }
}
