package dev.grandstand.allocator;

import static org.awaitility.Awaitility.await;

import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.allocator.fleet.Growth;
import dev.grandstand.allocator.fleet.Moves;
import dev.grandstand.allocator.fleet.SeatBounds;
import dev.grandstand.allocator.fleet.Wear;
import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.servicekit.AdminDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An allocator, and somebody who writes its commands and reads its events. */
final class AllocatorUnderTest implements AutoCloseable {

    static final String TOKEN = "a token of tests, 32 characters..";

    private static final InstanceId ME = new InstanceId("test");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = vertx.createHttpClient();
    private final List<EventRecord<MediaEvent>> heard = new CopyOnWriteArrayList<>();
    private final AllocatorConfig config;
    private final EventLog log;
    private AllocatorService service;

    AllocatorUnderTest(String kafka, int seats, NodeRef... nodes) throws Exception {
        this("allocator", kafka, seats, nodes);
    }

    AllocatorUnderTest(String name, String kafka, int seats, NodeRef... nodes) throws Exception {
        var settings = KafkaSettings.single(kafka);
        config = new AllocatorConfig(
                0,
                new AdminDoor("127.0.0.1", 0, TOKEN),
                InstanceId.started(name),
                settings,
                Arrays.stream(nodes)
                        .map(node -> new FleetMember(node, Duty.ANY))
                        .toList(),
                null,
                SeatBounds.fixed(seats),
                Wear.UNLIMITED,
                PlacementChoice.SPREAD,
                new Growth(2, Duration.ZERO, Duration.ofMillis(300)),
                Moves.DEFAULT,
                Duration.ofMinutes(1),
                Duration.ofMillis(200),
                MediaServers.SILENCE,
                Duration.ofMillis(600),
                null);
        log = get(EventLog.open(vertx, settings));
        get(log.follow(Topics.MEDIA_EVENTS, From.NOW, heard::add));
    }

    Vertx vertx() {
        return vertx;
    }

    void start(MediaServers servers) throws Exception {
        service = new AllocatorService(vertx, config, servers);
        get(service.start());
    }

    boolean isLeading() {
        return service.isLeading();
    }

    void stop() throws Exception {
        var stopping = service;
        service = null;
        get(stopping.stop());
    }

    CommandId send(RoomId room, MediaCommand command) throws Exception {
        var record = new CommandRecord<>(CommandId.random(), room, ME, Instant.now(), command);
        get(log.publish(Topics.MEDIA_COMMANDS, record));
        return record.id();
    }

    MediaEvent asks(RoomId room, String participant) throws Exception {
        return outcome(send(room, new MediaCommand.RequestSeat(new ParticipantId(participant), ME, null)));
    }

    /** Asks, and waits out the queue: right after the start no node may have been seen serving yet. */
    MediaEvent.SeatGranted seated(RoomId room, String participant) throws Exception {
        asks(room, participant);
        return await().pollInterval(Duration.ofMillis(5))
                .until(
                        () -> heard.stream()
                                .filter(record -> record.room().equals(room))
                                .map(EventRecord::event)
                                .filter(MediaEvent.SeatGranted.class::isInstance)
                                .map(MediaEvent.SeatGranted.class::cast)
                                .filter(seat -> seat.participant().equals(new ParticipantId(participant)))
                                .reduce((earlier, later) -> later),
                        Optional::isPresent)
                .orElseThrow();
    }

    MediaEvent returns(RoomId room, String participant) throws Exception {
        return outcome(send(room, new MediaCommand.ReleaseSeat(new ParticipantId(participant))));
    }

    void happens(RoomId room, RoomEvent event) throws Exception {
        get(log.publish(Topics.ROOM_EVENTS, new EventRecord<>(room, CommandId.random(), Instant.now(), event)));
    }

    /** What a command led to, except that its room was placed on the way. */
    MediaEvent outcome(CommandId cause) {
        return await().pollInterval(Duration.ofMillis(5))
                .until(
                        () -> heard.stream()
                                .filter(record -> record.cause().equals(cause)
                                        && !(record.event() instanceof MediaEvent.RoomPlaced))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .event();
    }

    boolean hasHeard(RoomId room, Predicate<MediaEvent> event) {
        return heard.stream().anyMatch(record -> record.room().equals(room) && event.test(record.event()));
    }

    void hears(RoomId room, Predicate<MediaEvent> event) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> heard.stream()
                .anyMatch(record -> record.room().equals(room) && event.test(record.event())));
    }

    /** What an operator's call is answered. */
    JsonObject orders(HttpMethod method, String path, String node) throws Exception {
        return calls(
                method,
                path,
                node.isEmpty() ? "" : new JsonObject().put("node", node).encode());
    }

    /** The same with another body. */
    JsonObject calls(HttpMethod method, String path, String body) throws Exception {
        return get(http.request(method, service.adminPort(), "localhost", path)
                .compose(request -> request.putHeader("Authorization", "Bearer " + TOKEN)
                        .send(body)
                        .compose(HttpClientResponse::body))
                .map(answer -> answer.toJsonObject()));
    }

    /** The status that a call without the token is answered with. */
    int unauthorized(String path) throws Exception {
        return get(http.request(HttpMethod.GET, service.adminPort(), "localhost", path)
                .compose(request -> request.putHeader("Authorization", "Bearer " + TOKEN.toUpperCase(Locale.ROOT))
                        .send())
                .map(HttpClientResponse::statusCode));
    }

    JsonObject fleet() throws Exception {
        return get(http.request(HttpMethod.GET, service.port(), "localhost", "/fleet")
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .map(body -> body.toJsonObject()));
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.await(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (service != null) {
            stop();
        }
        get(log.close());
        get(vertx.close());
    }
}
