package dev.grandstand.allocator;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long a seat takes from the command to the granted seat as its reader sees it, over an embedded Kafka and a relay
 * process; to be run by hand.
 */
final class SeatLatency {

    private static final int ROUNDS = 300;

    private SeatLatency() {}

    public static void main(String[] arguments) throws Exception {
        Map<CommandId, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();
        try (var kafka = EmbeddedKafka.start(Files.createTempDirectory("seat-latency"), 0);
                var relay = new RelayProcess();
                var allocator = new AllocatorUnderTest(kafka.bootstrapServers(), 10_000, relay.ref())) {
            allocator.start(new KurentoMediaServers(allocator.vertx()));
            var log = AllocatorUnderTest.get(
                    EventLog.open(allocator.vertx(), KafkaSettings.single(kafka.bootstrapServers())));
            AllocatorUnderTest.get(log.follow(Topics.MEDIA_EVENTS, From.NOW, record -> {
                if (record.event() instanceof MediaEvent.SeatGranted && waiting.containsKey(record.cause())) {
                    waiting.get(record.cause()).complete(System.nanoTime());
                }
            }));
            for (int warm = 0; warm < 2; warm++) {
                var placed = new long[ROUNDS];
                var fresh = new long[ROUNDS];
                for (int i = 0; i < ROUNDS; i++) {
                    placed[i] = ask(log, waiting, new RoomId("show"), "p" + warm + "-" + i);
                    fresh[i] = ask(log, waiting, new RoomId("r" + warm + "-" + i), "p");
                }
                print("seat in a placed room", placed);
                print("seat in a new room", fresh);
            }
            AllocatorUnderTest.get(log.close());
        }
    }

    private static long ask(
            EventLog log, Map<CommandId, CompletableFuture<Long>> waiting, RoomId room, String participant)
            throws Exception {
        var me = new InstanceId("latency");
        var command = new CommandRecord<MediaCommand>(
                CommandId.random(),
                room,
                me,
                Instant.now(),
                new MediaCommand.RequestSeat(new ParticipantId(participant), me, null));
        var answer = new CompletableFuture<Long>();
        waiting.put(command.id(), answer);
        long begin = System.nanoTime();
        log.publish(Topics.MEDIA_COMMANDS, command);
        return (answer.get(10, TimeUnit.SECONDS) - begin) / 1000;
    }

    private static void print(String what, long[] micros) {
        Arrays.sort(micros);
        System.out.printf(
                "%-24s p50 %6d  p95 %6d  max %6d us%n",
                what, micros[micros.length / 2], micros[micros.length * 95 / 100], micros[micros.length - 1]);
    }
}
