package dev.grandstand.signaling;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.memory.InMemoryMediaServers;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Standing;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** One session's media over real Kafka and nodes in memory. What room-svc and the allocator would do is the test's. */
final class SessionMediaUnderTest implements AutoCloseable {

    static final RoomId SHOW = new RoomId("show");
    static final String OFFER =
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n";
    static final Participant BOB = new Participant(new ParticipantId("bob"), new DisplayName("Bob"), Role.VIEWER);

    final InMemoryMediaServers servers;
    final Services services;
    final SessionMedia media;
    /** What the client was told. */
    final List<ServerMessage> told = new CopyOnWriteArrayList<>();

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final EmbeddedKafka kafka;
    private final EventLog log;

    SessionMediaUnderTest(Path folder) throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        log = onLoop(() -> EventLog.open(vertx, KafkaSettings.single(kafka.bootstrapServers())));
        servers = new InMemoryMediaServers(vertx);
        services = new Services(loop, log, new InstanceId("signaling.test"), Clock.systemUTC());
        var nodes = new MediaNodes(servers, new Negotiations(4, 4, Negotiations.PATIENCE), loop);
        media = new SessionMedia(services, nodes, told::add, () -> {});
    }

    static NodeRef node(String name) {
        return new NodeRef(new NodeId(name), URI.create("ws://" + name + ":8888/kurento"));
    }

    /** Bob's place in a room with these streams. */
    static Presence.Inside inside(Stream... streams) {
        var described = new RoomEvent.RoomDescribed(
                BOB, Standing.NONE, "R", false, null, List.of(BOB), List.of(streams), List.of(), 2);
        return new Presence.Inside(
                SHOW, BOB, new ConnectionId("c"), new LocalRoom(SHOW, described, new Clockwork(), reactions -> {}));
    }

    /** @param allocator gets each command's id and the command */
    void answerMedia(BiConsumer<CommandId, MediaCommand> allocator) throws Exception {
        onLoop(() -> log.follow(
                Topics.MEDIA_COMMANDS,
                From.NOW,
                (CommandRecord<MediaCommand> record) -> allocator.accept(record.id(), record.command())));
    }

    /** @param rooms gets each command's id and the command */
    void answerRooms(BiConsumer<CommandId, RoomCommand> rooms) throws Exception {
        onLoop(() -> log.follow(
                Topics.ROOM_COMMANDS,
                From.NOW,
                (CommandRecord<RoomCommand> record) -> rooms.accept(record.id(), record.command())));
    }

    /** Bob has a seat at a node from now on. */
    void grant(MediaLocation at) {
        grant(at, CommandId.random());
    }

    /** The same as an answer. */
    void grant(MediaLocation at, CommandId asked) {
        media.onEvent(new EventRecord<>(
                SHOW, asked, Instant.now(), new MediaEvent.SeatGranted(BOB.id(), at.node(), at.pipeline())));
    }

    /** Nothing that is said from now on arrives. */
    void cutOff() throws Exception {
        onLoop(log::close);
    }

    /** An endpoint of somebody else's in a pipeline of its own. */
    MediaLocation published(NodeRef node) throws Exception {
        var pipeline = onLoop(() -> servers.on(node).createPipeline(Map.of()));
        return published(servers.on(node), pipeline);
    }

    MediaLocation published(MediaServer node, String pipeline) throws Exception {
        var endpoint = onLoop(() -> node.publish(pipeline, OFFER, Map.of(), new EndpointListener() {}));
        return new MediaLocation(node.node(), pipeline, endpoint.id());
    }

    void doOnLoop(Runnable action) throws Exception {
        onLoop(() -> {
            action.run();
            return Future.succeededFuture();
        });
    }

    <T> T onLoop(Supplier<Future<T>> call) throws Exception {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(now -> call.get().onComplete(promise));
        return promise.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        kafka.close();
    }
}
