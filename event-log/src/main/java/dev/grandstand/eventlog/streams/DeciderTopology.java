package dev.grandstand.eventlog.streams;

import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Commands → decider → events, summaries, and the commands that fell due. Values stay bytes between the nodes: an
 * unreadable one must reach the processor, which knows what to do about it.
 */
final class DeciderTopology {

    static final String STORE = "rooms";
    static final String EVENTS = "events";
    static final String SUMMARIES = "summaries";
    static final String DUE = "due";
    private static final String COMMANDS = "commands";
    private static final String DECIDER = "decider";

    private DeciderTopology() {}

    /** @param gather how long decisions gather before they are committed, while there are few */
    static Topology of(DeciderSpec<?, ?, ?> spec, Duration gather) {
        var paces = ThreadLocal.withInitial(() -> new CommitPace(gather));
        var turns = ThreadLocal.withInitial(() -> new WakeTurns(System::nanoTime));
        var topology = new Topology()
                .addSource(
                        COMMANDS,
                        new StringDeserializer(),
                        new ByteArrayDeserializer(),
                        spec.commands().name())
                .addProcessor(DECIDER, () -> new DeciderProcessor<>(spec, paces, turns), COMMANDS)
                .addStateStore(store(), DECIDER);
        sink(topology, EVENTS, spec.events().name());
        var summaries = spec.summaries();
        if (summaries != null) {
            sink(topology, SUMMARIES, summaries.topic().name());
        }
        if (spec.timers() != null) {
            sink(topology, DUE, spec.commands().name());
        }
        return topology;
    }

    private static void sink(Topology topology, String name, String topic) {
        topology.addSink(name, topic, new StringSerializer(), new ByteArraySerializer(), DECIDER);
    }

    /** In memory: a room's state is small, and reading it must not cost. The changelog keeps it (compacted). */
    private static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingDisabled();
    }
}
