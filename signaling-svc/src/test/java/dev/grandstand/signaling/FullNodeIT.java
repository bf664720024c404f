package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaKind;
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
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A media node says that it has no room for an endpoint. The allocator is this test. */
class FullNodeIT {

    private static final RoomId SHOW = new RoomId("show");
    private static final NodeRef FULL = new NodeRef(new NodeId("full"), URI.create("ws://full:8888/kurento"));
    private static final NodeRef ROOMY = new NodeRef(new NodeId("roomy"), URI.create("ws://roomy:8888/kurento"));
    private static final Participant BOB =
            new Participant(new ParticipantId("bob"), new DisplayName("Bob"), Role.VIEWER);
    private static final String OFFER =
            "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final InMemoryMediaServers servers = new InMemoryMediaServers(vertx);
    private final List<MediaCommand> heard = new CopyOnWriteArrayList<>();
    private EmbeddedKafka kafka;
    private EventLog log;
    private Services services;
    private SessionMedia media;
    private Stream camera;
    private Stream screen;
    private MediaLocation arrival;
    private Presence.Inside here;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        log = onLoop(() -> EventLog.open(vertx, KafkaSettings.single(kafka.bootstrapServers())));
        services = new Services(loop, log, new InstanceId("signaling.test"), Clock.systemUTC());
        var nodes = new MediaNodes(servers, new Negotiations(4, 4, Negotiations.PATIENCE), loop);
        media = new SessionMedia(services, nodes, message -> {}, () -> {});
        camera = new Stream(new StreamId("camera"), new ParticipantId("ann"), StreamKind.CAMERA, published(FULL));
        screen = new Stream(new StreamId("screen"), new ParticipantId("ann"), StreamKind.SCREEN, published(FULL));
        arrival = published(ROOMY);
        var described = new RoomEvent.RoomDescribed(
                BOB, Standing.NONE, "R", false, null, List.of(BOB), List.of(camera, screen), List.of(), 2);
        here = new Presence.Inside(
                SHOW, BOB, new ConnectionId("c"), new LocalRoom(SHOW, described, new Clockwork(), reactions -> {}));
        onLoop(() -> log.follow(Topics.MEDIA_COMMANDS, From.NOW, this::answer));
        granted(camera.source());
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        kafka.close();
    }

    @Test
    void whoeverHasNothingThereGetsAnotherSeatAndWatchesFromThere() throws Exception {
        servers.fill(FULL);

        var answer = onLoop(() -> media.view(here, new ClientMessage.View(1L, camera.id(), OFFER)));

        assertThat(answer.stream()).isEqualTo(camera.id());
        assertThat(heard)
                .contains(new MediaCommand.DeclineSeat(BOB.id(), FULL, null))
                .anyMatch(MediaCommand.RequestLink.class::isInstance);
        assertThat(onLoop(() -> servers.on(ROOMY).endpoints(arrival.pipeline())))
                .hasSize(2);
    }

    @Test
    void whoeverWatchesSomethingThereKeepsTheSeat() throws Exception {
        onLoop(() -> media.view(here, new ClientMessage.View(1L, camera.id(), OFFER)));
        servers.fill(FULL);

        assertThatThrownBy(() -> onLoop(() -> media.view(here, new ClientMessage.View(2L, screen.id(), OFFER))))
                .hasRootCauseInstanceOf(MediaFailure.class);

        assertThat(heard).isEmpty();
        assertThat(onLoop(() -> Future.succeededFuture(media.held()))).hasSize(1);
    }

    /** What the allocator would do. */
    private void answer(CommandRecord<MediaCommand> record) {
        heard.add(record.command());
        switch (record.command()) {
            case MediaCommand.DeclineSeat declined -> grant(arrival);
            case MediaCommand.RequestLink wanted ->
                services.onEvent(
                        record.id(),
                        new MediaEvent.LinkMade(wanted.stream(), wanted.source(), wanted.source(), arrival));
            case MediaCommand.RequestSeat asked -> {}
            case MediaCommand.ReleaseSeat released -> {}
            case MediaCommand.ConfirmMove moved -> {}
            case MediaCommand.ReleaseLink released -> {}
            case MediaCommand.ReleaseRoom released -> {}
        }
    }

    private void granted(MediaLocation at) throws Exception {
        onLoop(() -> {
            grant(at);
            return Future.succeededFuture();
        });
    }

    private void grant(MediaLocation at) {
        media.onEvent(new EventRecord<>(
                SHOW,
                CommandId.random(),
                Instant.now(),
                new MediaEvent.SeatGranted(BOB.id(), at.node(), at.pipeline())));
    }

    private MediaLocation published(NodeRef node) throws Exception {
        var pipeline = onLoop(() -> servers.on(node).createPipeline(Map.of()));
        var endpoint = onLoop(() -> servers.on(node).publish(pipeline, OFFER, Map.of(), new Deaf()));
        return new MediaLocation(node, pipeline, endpoint.id());
    }

    private <T> T onLoop(Supplier<Future<T>> call) throws Exception {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(now -> call.get().onComplete(promise));
        return promise.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Hears nothing. */
    private static final class Deaf implements EndpointListener {

        @Override
        public void candidate(IceCandidate candidate) {}

        @Override
        public void flowing(MediaKind kind, boolean flows) {}

        @Override
        public void lost(String reason) {}
    }
}
