package dev.grandstand.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrandstandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void aRawClientThatJoinsANewRoomGetsJoinedAndTheLobbyShowsTheRoom() throws Exception {
        try (var grandstand = Grandstand.start(AllInOneConfig.onFreePorts(folder));
                var client = new RawClient(grandstand.httpPort())) {
            client.send("{'type':'join','id':1,'room':'any-new-room','name':'Someone'}");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.received("joined")).hasSize(1));
            var joined = client.received("joined").getFirst();
            assertThat(joined.path("id").asInt()).isEqualTo(1);
            assertThat(joined.path("you").path("name").asText()).isEqualTo("Someone");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(client.received("seat"))
                    .anyMatch(seat -> seat.path("state").asText().equals("granted")));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(grandstand.httpPort(), "/rooms"))
                    .contains("any-new-room"));
            assertThat(get(grandstand.roomPort(), "/rooms/any-new-room")).contains("\"audience\":1");
            assertThat(get(grandstand.httpPort(), "/")).contains("<title>");
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAStop() throws Exception {
        var acknowledged = renameUntilStopped();

        var found = namesInTheLog();

        assertThat(acknowledged).isNotEmpty();
        assertThat(found).containsAll(acknowledged);
    }

    @Test
    void whoWasThereComesBackAfterARestart() throws Exception {
        String you;
        String token;
        try (var grandstand = patient();
                var client = new RawClient(grandstand.httpPort())) {
            client.send("{'type':'join','id':1,'room':'first','name':'Ann'}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.received("joined")).hasSize(1));
            var joined = client.received("joined").getFirst();
            you = joined.path("you").toString();
            token = joined.path("resume").asText();
        }

        try (var again = patient();
                var client = new RawClient(again.httpPort())) {
            client.send("{'type':'join','id':1,'room':'first','name':'Ann','resume':'" + token + "'}");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.received("joined")).hasSize(1));
            var joined = client.received("joined").getFirst();
            assertThat(joined.path("you").toString()).isEqualTo(you);
            assertThat(joined.path("audience").asInt()).isEqualTo(1);
            assertThat(joined.path("open").asBoolean()).isTrue();
        }
    }

    /** With a grace time that outlasts a restart on a slow machine. */
    private Grandstand patient() throws Exception {
        var config = AllInOneConfig.onFreePorts(folder);
        var variables = config.variables().with(Map.of("GRANDSTAND_RESUME_GRACE", "80s"));
        return Grandstand.start(
                new AllInOneConfig(config.dataDir(), config.kafkaPort(), config.relayPort(), variables));
    }

    /** Renames as fast as answers come, and stops everything while the next ones are under way. */
    private Set<String> renameUntilStopped() throws Exception {
        var acknowledged = new HashSet<String>();
        var grandstand = Grandstand.start(AllInOneConfig.onFreePorts(folder));
        try (grandstand;
                var client = new RawClient(grandstand.httpPort())) {
            client.send("{'type':'join','id':0,'room':'r','name':'n0'}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(client.received("joined")).hasSize(1));
            for (int i = 1; i <= 200; i++) {
                client.send("{'type':'rename','id':" + i + ",'name':'n" + i + "'}");
            }
            await().atMost(PATIENCE).until(() -> client.received("ok").size() > 20);
            grandstand.close();
            client.received("ok")
                    .forEach(ok -> acknowledged.add("n" + ok.path("id").asInt()));
        }
        return acknowledged;
    }

    private Set<String> namesInTheLog() throws Exception {
        var names = ConcurrentHashMap.<String>newKeySet();
        var vertx = Vertx.vertx();
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
            var log = EventLog.open(vertx, KafkaSettings.single(kafka.bootstrapServers()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            log.follow(Topics.ROOM_EVENTS, From.BEGINNING, record -> {
                        if (record.event() instanceof RoomEvent.ParticipantRenamed renamed) {
                            names.add(renamed.name().value());
                        }
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            log.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        return names;
    }

    private static String get(int port, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
