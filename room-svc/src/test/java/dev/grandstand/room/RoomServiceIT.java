package dev.grandstand.room;

import static dev.grandstand.room.Log.get;
import static dev.grandstand.room.Log.join;
import static dev.grandstand.room.Log.leave;
import static dev.grandstand.room.Log.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.eventlog.streams.StreamsSettings;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Notice;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.servicekit.AdminDoor;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomServiceIT {

    private static final String ADMIN_TOKEN = "an-operators-token-of-32-characters";
    private static final String WELL = Cast.A.value();
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger ROOMS = new AtomicInteger();

    @TempDir
    static Path folder;

    static EmbeddedKafka kafka;
    static KafkaSettings settings;
    static Vertx vertx;

    private final List<RoomService> running = new ArrayList<>();
    private final String room = "room-" + ROOMS.incrementAndGet();
    private long beats;
    private Log log;

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
        log = Log.open(vertx, settings);
        beats = vertx.setPeriodic(200, timer -> log.beat(WELL));
    }

    @AfterEach
    void close() throws Exception {
        vertx.cancelTimer(beats);
        for (var service : running) {
            get(service.stop());
        }
        log.close();
    }

    @Test
    void commandsBecomeCommittedEventsInTheirOrder() throws Exception {
        startService();
        log.send(room, join("ann", WELL));
        log.send(room, start("ann", "camera"));
        log.send(room, join("bob", WELL));
        log.send(room, leave("ann"));
        log.send(room, leave("ann"));
        log.send(room, leave("bob"));
        awaitTypes(
                "RoomOpened",
                "ParticipantJoined",
                "RoomDescribed",
                "StreamStarted",
                "RoomWentLive",
                "ParticipantJoined",
                "RoomDescribed",
                "StreamStopped",
                "ParticipantLeft",
                "CommandRefused",
                "ParticipantLeft",
                "RoomClosed");
    }

    @Test
    void aServiceThatStartsAgainGoesOnWhereTheLastOneStopped() throws Exception {
        var first = startService();
        log.send(room, join("ann", WELL));
        log.send(room, start("ann", "camera"));
        awaitTypes("RoomOpened", "ParticipantJoined", "RoomDescribed", "StreamStarted", "RoomWentLive");
        get(first.stop());

        log.send(room, join("bob", WELL));
        startService();
        assertBobFindsAnnOnCamera();
    }

    @Test
    void aServiceThatIsKilledLosesNothing() throws Exception {
        var process = startProcess();
        try {
            log.send(room, join("ann", WELL));
            log.send(room, start("ann", "camera"));
            awaitTypes("RoomOpened", "ParticipantJoined", "RoomDescribed", "StreamStarted", "RoomWentLive");
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        log.send(room, join("bob", WELL));
        startService();
        assertBobFindsAnnOnCamera();
    }

    @Test
    void whatStandsInTheTopicsIsOneReplayOfTheCommands() throws Exception {
        startService();
        for (int n = 0; n < 20; n++) {
            log.send(room, join("p" + n, WELL));
            log.send(room, start("p" + n, "s" + n % 3));
        }
        for (int n = 0; n < 20; n += 2) {
            log.send(room, leave("p" + n));
        }
        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> assertThat(log.types(room))
                .filteredOn("ParticipantLeft"::equals)
                .hasSize(10));

        var decider = new RoomDecider(Limits.DEFAULT);
        var rooms = new HashMap<RoomId, Room>();
        var replayed = new ArrayList<EventRecord<RoomEvent>>();
        for (var command : log.commands()) {
            var state = rooms.computeIfAbsent(command.room(), decider::initial);
            for (var event : decider.decide(state, command).events()) {
                var record = new EventRecord<>(command.room(), command.id(), command.at(), event);
                state = decider.evolve(state, record);
                replayed.add(record);
            }
            rooms.put(command.room(), state);
        }
        assertThat(log.records(room))
                .containsExactlyElementsOf(replayed.stream()
                        .filter(event -> event.room().value().equals(room))
                        .toList());
    }

    @Test
    void twoInstancesShareTheRoomsAndTheOneThatStopsHandsThemOver() throws Exception {
        var first = startService();
        var second = startService();
        // The state is small, so the second takes its share at once.
        await().atMost(30, TimeUnit.SECONDS).until(() -> isReady(first) && isReady(second));
        var rooms = new ArrayList<String>();
        for (int n = 0; n < 12; n++) {
            rooms.add(room + "-" + n);
            log.send(rooms.get(n), join("ann", WELL));
        }
        awaitEach(rooms, "RoomOpened", "ParticipantJoined", "RoomDescribed");
        assertThat(partitionsOfEachMember()).hasSize(2).allSatisfy(count -> assertThat(count)
                .isPositive());

        long before = System.nanoTime();
        get(first.stop());
        for (var each : rooms) {
            log.send(each, leave("ann"));
        }
        awaitEach(rooms, "RoomOpened", "ParticipantJoined", "RoomDescribed", "ParticipantLeft", "RoomClosed");
        System.out.println("handed over within "
                + Duration.ofNanos(System.nanoTime() - before).toMillis() + " ms");
    }

    @Test
    void participantsOfAnInstanceThatFellSilentAreDisconnectedThenLeaveAndOthersStay() throws Exception {
        log.beat("signaling.dying");
        startService();
        log.send(room, join("ann", "signaling.dying"));
        log.send(room, join("bob", WELL));
        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> assertThat(log.events(room))
                .contains(new RoomEvent.ParticipantLeft(new ParticipantId("ann"), LeaveReason.EXPIRED, 1)));
        assertThat(log.commands()).anySatisfy(command -> assertThat(command.command())
                .isEqualTo(new RoomCommand.Disconnect(new ParticipantId("ann"), Log.connection("ann"))));
        log.send(room, leave("bob"));
        awaitLast("RoomClosed");
    }

    @Test
    void participantsRestoredForAnInstanceThatNeverBeatsLeave() throws Exception {
        var first = startService(Duration.ofMinutes(5));
        log.send(room, join("ann", "signaling.long-gone"));
        awaitLast("RoomDescribed");
        get(first.stop());
        startService();
        awaitLast("RoomClosed");
    }

    @Test
    void everyInstanceListsEveryRoom() throws Exception {
        var first = startService();
        var second = startService();
        log.send(room, join("ann", WELL));
        log.send(room, start("ann", "camera"));
        log.send(room + "-quiet", join("bob", WELL));
        log.send(room + "-quiet", join("cleo", WELL));
        for (var service : List.of(first, second)) {
            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(listed(service)).containsExactly(room, room + "-quiet");
                var one = new JsonObject(http(service, "/rooms/" + room).body());
                assertThat(one.getBoolean("live")).isTrue();
                assertThat(one.getJsonArray("presenters")).containsExactly("ann");
                assertThat(new JsonObject(http(service, "/rooms/" + room + "-quiet")
                                        .body())
                                .getInteger("audience"))
                        .isEqualTo(2);
            });
        }
        log.send(room, leave("ann"));
        log.send(room + "-quiet", leave("bob"));
        log.send(room + "-quiet", leave("cleo"));
        for (var service : List.of(first, second)) {
            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(listed(service)).isEmpty());
            var gone = http(service, "/rooms/" + room);
            assertThat(gone.statusCode()).isEqualTo(404);
            assertThat(new JsonObject(gone.body()).getString("code")).isEqualTo("not-found");
        }
    }

    private void assertBobFindsAnnOnCamera() {
        awaitLast("RoomDescribed");
        assertThat(log.events(room).getLast()).isInstanceOfSatisfying(RoomEvent.RoomDescribed.class, found -> {
            assertThat(found.audience()).isEqualTo(2);
            assertThat(found.roster()).extracting(who -> who.name().value()).containsExactly("ann", "bob");
            assertThat(found.streams())
                    .extracting(stream -> stream.id().value())
                    .containsExactly("camera");
        });
        assertThat(log.types(room)).filteredOn("RoomOpened"::equals).hasSize(1);
    }

    private RoomService startService() throws Exception {
        return startService(GRACE);
    }

    private RoomService startService(Duration grace) throws Exception {
        var streams = new StreamsSettings(settings, 1, Duration.ofMillis(5), 0, Duration.ofSeconds(6));
        var service = new RoomService(
                vertx,
                new RoomConfig(
                        0,
                        InstanceId.started("room"),
                        streams,
                        grace,
                        GRACE,
                        Limits.DEFAULT.presenters(),
                        Limits.DEFAULT.video(),
                        new AdminDoor("127.0.0.1", 0, ADMIN_TOKEN)));
        running.add(service);
        get(service.start());
        return service;
    }

    /** A process of its own, for only a process can be killed. */
    private Process startProcess() throws Exception {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.grandstand.room.Main")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "GRANDSTAND_KAFKA", settings.bootstrapServers(),
                        "GRANDSTAND_TOPIC_PARTITIONS", String.valueOf(settings.partitions()),
                        "GRANDSTAND_ROOM_PORT", "0"));
        return builder.start();
    }

    @Test
    void anOperatorSeesEveryRoomAndItsPeopleByPages() throws Exception {
        var service = startService();
        for (var id : List.of(room + "-a", room + "-b", room + "-c")) {
            log.send(id, join("ann", WELL));
        }
        awaitEach(List.of(room + "-a", room + "-b", room + "-c"), "RoomOpened", "ParticipantJoined", "RoomDescribed");
        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(listed(service)).hasSize(3));
        var first = new JsonObject(admin(service, "GET", "/admin/rooms?limit=2&after=" + room, null)
                .body());
        var second = new JsonObject(admin(service, "GET", "/admin/rooms?limit=2&after=" + first.getString("next"), null)
                .body());

        assertThat(ids(first)).containsExactly(room + "-a", room + "-b");
        assertThat(ids(second)).startsWith(room + "-c");
        var people = admin(service, "GET", "/admin/rooms/" + room + "-a?query=an", null);
        assertThat(people.statusCode()).isEqualTo(200);
        assertThat(people.body()).contains("\"id\":\"ann\"").contains("\"audience\":1");
        assertThat(admin(service, "GET", "/admin/rooms/nowhere", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anOperatorShowsOutAnnouncesAndCloses() throws Exception {
        var service = startService();
        log.send(room, join("ann", WELL));
        log.send(room, join("bob", WELL));
        awaitTypes("RoomOpened", "ParticipantJoined", "RoomDescribed", "ParticipantJoined", "RoomDescribed");

        assertThat(admin(service, "DELETE", "/admin/rooms/" + room + "/participants/bob", null)
                        .statusCode())
                .isEqualTo(204);
        awaitLast("ParticipantLeft");
        var again = admin(service, "DELETE", "/admin/rooms/" + room + "/participants/bob", null);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(again.body()).getString("code")).isEqualTo("not-found");
        assertThat(admin(service, "POST", "/admin/rooms/" + room + "/notices", "{\"text\":\" Soon. \"}")
                        .statusCode())
                .isEqualTo(200);
        awaitLast("Announced");
        assertThat(log.events(room)).last().isEqualTo(new RoomEvent.Announced(new Notice("Soon.")));
        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(listed(service)).hasSize(1));
        assertThat(admin(service, "POST", "/admin/notices", "{\"text\":\"To all\"}")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(log.events(room)).last().isEqualTo(new RoomEvent.Announced(new Notice("To all"))));
        assertThat(admin(service, "DELETE", "/admin/rooms/" + room, null).statusCode())
                .isEqualTo(204);
        awaitLast("RoomClosed");
    }

    @Test
    void anOperatorsMistakesAreNamed() throws Exception {
        var service = startService();
        var long501 = "x".repeat(501);
        assertThat(problem(admin(service, "GET", "/admin/rooms?limit=0", null))).isEqualTo("400 bad-field limit");
        assertThat(problem(admin(service, "GET", "/admin/rooms/No%20Room", null)))
                .isEqualTo("400 bad-field room");
        assertThat(problem(admin(service, "POST", "/admin/notices", "{}"))).isEqualTo("400 missing-field text");
        assertThat(problem(admin(service, "POST", "/admin/notices", "{\"text\":\"" + long501 + "\"}")))
                .isEqualTo("400 bad-field text");
        assertThat(problem(admin(service, "POST", "/admin/notices", "{\"text\":\"  \"}")))
                .isEqualTo("400 bad-field text");
        assertThat(problem(admin(service, "POST", "/admin/notices", "no json"))).startsWith("400 bad-json");
        assertThat(problem(admin(service, "POST", "/admin/notices", "x".repeat(20_000))))
                .startsWith("413 too-large");
        assertThat(problem(admin(service, "GET", "/admin/nothing", null))).startsWith("404 not-found");
        assertThat(problem(admin(service, "PUT", "/admin/rooms", "{}"))).startsWith("405 refused");
    }

    @Test
    void whoHasNotTheTokenIsNoOperator() throws Exception {
        var service = startService();
        for (var shown : List.of(
                "", "Bearer", "Bearer ", "Bearer wrong", "Basic " + ADMIN_TOKEN, "Bearer " + ADMIN_TOKEN + "x")) {
            var answer = admin(service, "GET", "/admin/rooms", null, shown);
            assertThat(problem(answer)).as(shown).startsWith("401 unauthorized");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }
        assertThat(http(service, "/admin/rooms").statusCode())
                .as("the public port")
                .isEqualTo(404);
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("rooms").stream()
                .map(entry -> ((JsonObject) entry).getString("id"))
                .toList();
    }

    private static String problem(HttpResponse<String> answer) {
        var body = new JsonObject(answer.body());
        assertThat(body.getInteger("status")).isEqualTo(answer.statusCode());
        return (answer.statusCode() + " " + body.getString("code") + " " + body.getString("field", "")).strip();
    }

    private static HttpResponse<String> admin(RoomService service, String method, String path, String body)
            throws Exception {
        return admin(service, method, path, body, "Bearer " + ADMIN_TOKEN);
    }

    private static HttpResponse<String> admin(
            RoomService service, String method, String path, String body, String authorization) throws Exception {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.adminPort() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization)
                .method(method, publisher)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void awaitTypes(String... expected) {
        awaitEach(List.of(room), expected);
    }

    private void awaitEach(List<String> rooms, String... expected) {
        await().atMost(40, TimeUnit.SECONDS).untilAsserted(() -> assertThat(rooms)
                .allSatisfy(each -> assertThat(log.types(each)).containsExactly(expected)));
    }

    private void awaitLast(String expected) {
        await().atMost(40, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(log.types(room)).last().isEqualTo(expected));
    }

    private static List<Integer> partitionsOfEachMember() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of("room-svc")).all().get(10, TimeUnit.SECONDS).values().stream()
                    .flatMap(group -> group.members().stream())
                    .map(member -> member.assignment().topicPartitions().size())
                    .toList();
        }
    }

    private List<String> listed(RoomService service) throws Exception {
        return new JsonObject(http(service, "/rooms").body())
                .getJsonArray("rooms").stream()
                        .map(entry -> ((JsonObject) entry).getString("id"))
                        .filter(id -> id.startsWith(room))
                        .toList();
    }

    private static boolean isReady(RoomService service) throws Exception {
        return http(service, "/health/ready").statusCode() == 200;
    }

    private static HttpResponse<String> http(RoomService service, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
