package dev.grandstand.e2e.bench;

import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Talks to room-svc as signaling does, through the topics: commands out, and their outcome when it is committed. */
final class RoomLine implements AutoCloseable {

    /** Commands under way at once while rooms are filled; more would only wait in the topic. */
    private static final int WINDOW = 4_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Somebody who came in, with what is needed to leave again. */
    record Visitor(RoomId room, ParticipantId participant, ConnectionId connection) {}

    private final InstanceId instance = InstanceId.started("bench");
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<CommandId, CompletableFuture<RoomEvent>> waiting = new ConcurrentHashMap<>();
    private final Thread reader = new Thread(this::read, "room-events");
    private volatile boolean closed;

    /** Room-svc has made the topics already. */
    RoomLine(String bootstrap) {
        producer = new KafkaProducer<>(
                KafkaClient.settings(bootstrap, Map.of("acks", "all", "linger.ms", 0)),
                new StringSerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                KafkaClient.settings(
                        bootstrap,
                        Map.of(
                                "isolation.level",
                                "read_committed",
                                "fetch.min.bytes",
                                1,
                                "enable.auto.commit",
                                "false")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topics.ROOM_EVENTS.name()).stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reader.start();
    }

    /** Somebody new comes in; completes with what room-svc told them, or with a refusal. */
    CompletableFuture<RoomEvent> join(Visitor who) {
        return ask(
                who.room(),
                new RoomCommand.Join(
                        who.participant(),
                        new DisplayName("Visitor"),
                        Role.VIEWER,
                        null,
                        null,
                        who.connection(),
                        instance,
                        null,
                        null));
    }

    CompletableFuture<RoomEvent> leave(Visitor who) {
        return ask(who.room(), new RoomCommand.Leave(who.participant(), who.connection(), LeaveReason.LEFT));
    }

    static Visitor visitor(RoomId room) {
        return new Visitor(room, ParticipantId.random(), ConnectionId.random());
    }

    /** Brings so many people into each of the rooms, as fast as room-svc lets them in. */
    void fill(List<RoomId> rooms, int people) throws Exception {
        var window = new Semaphore(WINDOW);
        for (int i = 0; i < people; i++) {
            for (var room : rooms) {
                if (!window.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("room-svc lets nobody in any more");
                }
                join(visitor(room)).whenComplete((told, failed) -> window.release());
            }
        }
        if (!window.tryAcquire(WINDOW, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("not everybody was let in");
        }
    }

    private CompletableFuture<RoomEvent> ask(RoomId room, RoomCommand command) {
        var id = CommandId.random();
        var outcome = new CompletableFuture<RoomEvent>();
        waiting.put(id, outcome);
        var record = new CommandRecord<>(id, room, instance, Instant.now(), command);
        producer.send(
                new ProducerRecord<>(Topics.ROOM_COMMANDS.name(), room.value(), Topics.ROOM_COMMANDS.encode(record)),
                (metadata, failure) -> {
                    if (failure != null) {
                        waiting.remove(id);
                        outcome.completeExceptionally(failure);
                    }
                });
        return outcome;
    }

    private void read() {
        while (!closed) {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
                try {
                    heard(Topics.ROOM_EVENTS.decode(record.value()));
                } catch (BadJson e) {
                    throw new IllegalStateException("room-svc says what nobody understands", e);
                }
            }
        }
        consumer.close();
    }

    /** A join's last event is the description, and a departure's that somebody left. */
    private void heard(EventRecord<RoomEvent> record) {
        if (record.event() instanceof RoomEvent.RoomDescribed
                || record.event() instanceof RoomEvent.ParticipantLeft
                || record.event() instanceof RoomEvent.CommandRefused) {
            var outcome = waiting.remove(record.cause());
            if (outcome != null) {
                outcome.complete(record.event());
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        reader.join(TimeUnit.SECONDS.toMillis(10));
        producer.close(Duration.ofSeconds(5));
    }
}
