package dev.grandstand.chat;

import static dev.grandstand.chat.ChatScenario.moderator;
import static dev.grandstand.chat.ChatScenario.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.eventlog.streams.StreamsSettings;
import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatServiceIT {

    private static final InstanceId SENDER = new InstanceId("signaling.test");
    private static final ParticipantId BOB = new ParticipantId("bob");
    private static final ChatCommand READ = new ChatCommand.ReadHistory(BOB);
    private static final AtomicInteger ROOMS = new AtomicInteger();

    @TempDir
    static Path folder;

    static EmbeddedKafka kafka;
    static KafkaSettings settings;
    static Vertx vertx;

    private final List<ChatService> running = new ArrayList<>();
    private final RoomId room = new RoomId("room-" + ROOMS.incrementAndGet());
    private final List<EventRecord<ChatEvent>> events = new CopyOnWriteArrayList<>();
    private EventLog log;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        settings = KafkaSettings.single(kafka.bootstrapServers());
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopKafka() throws Exception {
        get(vertx.close());
        kafka.close();
    }

    @BeforeEach
    void open() throws Exception {
        log = get(EventLog.open(vertx, settings));
        get(log.follow(Topics.CHAT_EVENTS, From.BEGINNING, events::add));
    }

    @AfterEach
    void close() throws Exception {
        for (var service : running) {
            get(service.stop());
        }
        get(log.close());
    }

    @Test
    void messagesArePostedInTheirOrderAndBadOnesAreRefused() throws Exception {
        startService();
        send(says("ann", "one"));
        send(says("bob", " "));
        send(says("bob", "two"));
        send(READ);
        awaitEvents(4);
        assertThat(happened())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("MessagePosted", "CommandRefused", "MessagePosted", "HistoryRead");
        assertThat(((ChatEvent.HistoryRead) happened().getLast()).messages())
                .extracting(message -> message.text())
                .containsExactly("one", "two");
    }

    @Test
    void theHistoryIsThereAgainAfterARestart() throws Exception {
        var first = startService();
        for (int n = 0; n < 60; n++) {
            send(says("p" + n, "message " + n));
        }
        awaitEvents(60);
        get(first.stop());
        send(READ);
        startService();
        awaitEvents(61);
        var messages = ((ChatEvent.HistoryRead) happened().getLast()).messages();
        assertThat(messages).hasSize(50);
        assertThat(messages.getFirst().text()).isEqualTo("message 10");
        assertThat(messages.getLast().text()).isEqualTo("message 59");
    }

    @Test
    void aMessageThatIsSentAgainAfterARestartIsSaidOnce() throws Exception {
        var first = startService();
        send(says("ann", "Hello", "k1"));
        send(new ChatCommand.SetSlowMode(moderator("mo"), 60));
        awaitEvents(2);
        get(first.stop());
        send(says("ann", "Hello", "k1"));
        send(says("ann", "More", "k2"));
        startService();
        awaitEvents(4);
        var id = ((ChatEvent.MessagePosted) happened().getFirst()).messageId();
        assertThat(happened().get(2)).isEqualTo(new ChatEvent.MessageRepeated(id));
        assertThat(happened().get(3))
                .isInstanceOfSatisfying(ChatEvent.CommandRefused.class, refused -> assertThat(refused.code())
                        .isEqualTo("rate-limited"));
    }

    @Test
    void aRoomThatClosesTakesItsChatWithIt() throws Exception {
        startService();
        send(says("ann", "soon gone"));
        awaitEvents(1);
        get(log.publish(
                Topics.ROOM_EVENTS,
                new EventRecord<>(
                        room, CommandId.random(), Instant.now(), new RoomEvent.RoomClosed(CloseReason.EMPTY))));
        awaitEvents(2);
        send(READ);
        awaitEvents(3);
        assertThat(happened().get(1)).isEqualTo(new ChatEvent.HistoryCleared());
        assertThat(((ChatEvent.HistoryRead) happened().getLast()).messages()).isEmpty();
    }

    @Test
    void isReadyOnceItDecides() throws Exception {
        var service = startService();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        var client = HttpClient.newHttpClient();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    private ChatService startService() throws Exception {
        var streams = new StreamsSettings(settings, 1, Duration.ofMillis(5), 0, Duration.ofSeconds(6));
        var service = new ChatService(vertx, new ChatConfig(0, InstanceId.started("chat"), streams));
        running.add(service);
        get(service.start());
        return service;
    }

    private void send(ChatCommand command) throws Exception {
        get(log.publish(
                Topics.CHAT_COMMANDS, new CommandRecord<>(CommandId.random(), room, SENDER, Instant.now(), command)));
    }

    private List<ChatEvent> happened() {
        return events.stream()
                .filter(event -> event.room().equals(room))
                .map(EventRecord::event)
                .toList();
    }

    private void awaitEvents(int count) {
        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(happened()).hasSize(count));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
