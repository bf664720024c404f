package dev.grandstand.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** One join, followed through all services by what they log and by what stands in their topics. */
class TraceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Logger logger = (Logger) LoggerFactory.getLogger(Trace.LOGGER);
    private final Lines lines = new Lines();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stopListening() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    @Test
    void oneJoinIsFollowedThroughAllServicesByTheIdThatItsClientSent() throws Exception {
        try (var grandstand = Grandstand.start(AllInOneConfig.onFreePorts(folder));
                var followed = new RawClient(
                        grandstand.httpPort(), Map.of("traceparent", "00-" + ID + "-00f067aa0ba902b7-01"));
                var another = new RawClient(grandstand.httpPort())) {
            followed.send("{'type':'join','id':1,'room':'followed','name':'Someone'}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(followed.received("joined")).hasSize(1));
            another.send("{'type':'join','id':1,'room':'another','name':'Somebody else'}");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines.of(ID))
                    .contains(
                            "signaling-svc asked Join",
                            "signaling-svc asked RequestSeat",
                            "signaling-svc asked ReadHistory",
                            "room-svc decided RoomOpened,ParticipantJoined,RoomDescribed",
                            "media-allocator-svc decided RoomPlaced",
                            "media-allocator-svc decided SeatGranted",
                            "chat-svc decided HistoryRead",
                            "signaling-svc answered RoomDescribed",
                            "signaling-svc answered HistoryRead",
                            "signaling-svc told SeatGranted"));
            assertThat(lines.of(ID))
                    .containsSubsequence(
                            "signaling-svc asked Join",
                            "room-svc decided RoomOpened,ParticipantJoined,RoomDescribed",
                            "signaling-svc answered RoomDescribed");
            var participant = followed.received("joined")
                    .getFirst()
                    .path("you")
                    .path("id")
                    .asText();
            assertThat(lines.participants(ID)).containsExactly(participant);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(another.received("joined")).hasSize(1));
            assertThat(tracesOf("followed", grandstand.kafkaBootstrap()))
                    .hasSize(6)
                    .allSatisfy((topic, traces) ->
                            assertThat(traces).as(topic).isNotEmpty().containsOnly(ID));
            assertThat(tracesOf("another", grandstand.kafkaBootstrap()))
                    .allSatisfy((topic, traces) -> assertThat(traces)
                            .as(topic)
                            .hasSizeGreaterThan(0)
                            .allSatisfy(trace ->
                                    assertThat(trace).matches("[0-9a-f]{32}").isNotEqualTo(ID)));
        }
    }

    /** By topic, what stands at the records of a room. */
    private static Map<String, List<String>> tracesOf(String room, String kafka) throws Exception {
        var vertx = Vertx.vertx();
        var log = EventLog.open(vertx, KafkaSettings.single(kafka))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        try {
            var topics = List.of(
                    Topics.ROOM_COMMANDS,
                    Topics.ROOM_EVENTS,
                    Topics.CHAT_COMMANDS,
                    Topics.CHAT_EVENTS,
                    Topics.MEDIA_COMMANDS,
                    Topics.MEDIA_EVENTS);
            var found = topics.stream().collect(Collectors.toMap(Topic::name, topic -> traces(log, topic, room)));
            return found;
        } finally {
            log.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static <V> List<String> traces(EventLog log, Topic<V> topic, String room) {
        var traces = new CopyOnWriteArrayList<String>();
        log.followTraced(topic, From.BEGINNING, (value, trace) -> {
                    if (topic.key().apply(value).equals(room)) {
                        traces.add(trace.toString());
                    }
                })
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        return traces;
    }

    /** What was logged, by fields. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<Map<String, String>> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            var fields = event.getKeyValuePairs().stream()
                    .collect(Collectors.toMap(field -> field.key, field -> String.valueOf(field.value)));
            fields.put("message", event.getMessage());
            lines.add(fields);
        }

        /** Who did what. */
        List<String> of(String trace) {
            var told = new ArrayList<String>();
            for (var line : lines) {
                if (trace.equals(line.get("trace"))) {
                    var what = line.containsKey("events") ? line.get("events") : line.get("command");
                    told.add(line.get("service") + " " + line.get("message") + " " + what);
                }
            }
            return told;
        }

        List<String> participants(String trace) {
            return lines.stream()
                    .filter(line -> trace.equals(line.get("trace")) && line.containsKey("participant"))
                    .map(line -> line.get("participant"))
                    .distinct()
                    .toList();
        }
    }
}
