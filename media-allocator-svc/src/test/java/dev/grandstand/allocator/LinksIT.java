package dev.grandstand.allocator;

import static dev.grandstand.allocator.AllocatorUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.memory.InMemoryMediaServers;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams between the nodes of a room: three nodes of two seats. */
class LinksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RoomId SHOW = new RoomId("show");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final String OFFER = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n";

    @TempDir
    static Path folder;

    @Test
    void aStreamIsLedPastANodeThatIsDrainedWithoutItsViewersNoticing() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder.resolve("drained"), 0);
                var allocator = new AllocatorUnderTest(kafka.bootstrapServers(), 2, node("a"), node("b"), node("c"))) {
            var servers = new InMemoryMediaServers(allocator.vertx());
            allocator.start(servers);
            // The room's origin, with two people on it; behind it two edges.
            var origin = allocator.seated(SHOW, "ann");
            allocator.seated(SHOW, "bob");
            var stage = allocator.seated(SHOW, "cat");
            allocator.seated(SHOW, "dan");
            var hall = allocator.seated(SHOW, "eve");
            assertThat(Set.of(origin.node(), stage.node(), hall.node())).hasSize(3);

            // Cat publishes on the first edge, Eve watches on the second: the way is by the origin.
            var published = get(servers.on(stage.node())
                    .publish(stage.pipeline(), OFFER, Map.of("participant", "cat"), new EndpointListener() {}));
            var source = new MediaLocation(stage.node(), stage.pipeline(), published.id());
            var made = (MediaEvent.LinkMade) allocator.outcome(
                    allocator.send(SHOW, new MediaCommand.RequestLink(new ParticipantId("eve"), CAMERA, source)));
            assertThat(made.sending().node()).isEqualTo(origin.node());
            var viewer = get(servers.on(hall.node())
                    .view(
                            hall.pipeline(),
                            made.arrival().endpoint(),
                            OFFER,
                            Map.of("participant", "eve"),
                            new EndpointListener() {}));

            allocator.returns(SHOW, "ann");
            allocator.returns(SHOW, "bob");
            allocator.orders(HttpMethod.POST, "/admin/nodes/" + origin.node().id() + "/drain", "");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            get(servers.on(origin.node()).pipelines()))
                    .isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(servers.on(hall.node()).endpoints(hall.pipeline())))
                            .hasSize(2)
                            .contains(viewer.id())
                            .doesNotContain(made.arrival().endpoint()));
            assertThat(servers.sourceOf(viewer.id()))
                    .get()
                    .isNotEqualTo(made.arrival().endpoint());
            assertThat(allocator.hasHeard(
                            SHOW,
                            event -> event instanceof MediaEvent.LinkEnded(var stream, var arrival)
                                    && arrival.equals(made.arrival())))
                    .isFalse();
        }
    }

    @Test
    void whereverAStreamMovesEverybodyWhoWatchesIsLed() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder.resolve("moved"), 0);
                var allocator = new AllocatorUnderTest(kafka.bootstrapServers(), 2, node("a"), node("b"), node("c"))) {
            var servers = new InMemoryMediaServers(allocator.vertx());
            allocator.start(servers);
            var origin = allocator.seated(SHOW, "ann");
            allocator.seated(SHOW, "bob");
            var stage = allocator.seated(SHOW, "cat");
            allocator.seated(SHOW, "dan");
            var hall = allocator.seated(SHOW, "eve");
            var former = published(servers, origin, "ann");
            allocator.happens(SHOW, started(former));
            var bob = watches(servers, origin, "bob", former.endpoint());
            var cat = watches(servers, stage, "cat", brought(allocator, "cat", former));
            var eve = watches(servers, hall, "eve", brought(allocator, "eve", former));
            var toEve = servers.sourceOf(eve);

            // Her own seat moves too; here it is enough that somebody has one there.
            var source = published(servers, stage, "cat");
            allocator.happens(SHOW, new RoomEvent.StreamMoved(CAMERA, new ParticipantId("ann"), former, source));

            allocator.hears(SHOW, new MediaEvent.StreamLed(CAMERA, source)::equals);
            assertThat(servers.sourceOf(cat)).contains(source.endpoint());
            // The way to her lies by the origin as before: nothing of it is touched.
            assertThat(servers.sourceOf(eve)).isEqualTo(toEve);
            var back = servers.sourceOf(bob).orElseThrow();
            assertThat(back).isNotEqualTo(former.endpoint());
            assertThat(get(servers.on(origin.node()).endpoints(origin.pipeline())))
                    .contains(back);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(servers.on(stage.node()).endpoints(stage.pipeline())))
                            .as("who watches, the stream, and its link to the origin")
                            .hasSize(3));
            // Whoever has not heard of it yet gets it from where it is.
            assertThat(brought(allocator, "dan", former)).isEqualTo(source.endpoint());
            assertThat(allocator.hasHeard(SHOW, MediaEvent.LinkEnded.class::isInstance))
                    .isFalse();
        }
    }

    private static RoomEvent started(MediaLocation source) {
        var camera = new Stream(CAMERA, new ParticipantId("ann"), StreamKind.CAMERA, source);
        return new RoomEvent.StreamStarted(camera, new DisplayName("Ann"));
    }

    private static MediaLocation published(InMemoryMediaServers servers, MediaEvent.SeatGranted seat, String who)
            throws Exception {
        var endpoint = get(servers.on(seat.node())
                .publish(seat.pipeline(), OFFER, Map.of("participant", who), new EndpointListener() {}));
        return new MediaLocation(seat.node(), seat.pipeline(), endpoint.id());
    }

    private static String watches(InMemoryMediaServers servers, MediaEvent.SeatGranted seat, String who, String feed)
            throws Exception {
        return get(servers.on(seat.node())
                        .view(seat.pipeline(), feed, OFFER, Map.of("participant", who), new EndpointListener() {}))
                .id();
    }

    private static String brought(AllocatorUnderTest allocator, String viewer, MediaLocation source) throws Exception {
        var answer = allocator.outcome(
                allocator.send(SHOW, new MediaCommand.RequestLink(new ParticipantId(viewer), CAMERA, source)));
        return ((MediaEvent.LinkMade) answer).arrival().endpoint();
    }

    private static NodeRef node(String name) {
        return new NodeRef(new NodeId(name), URI.create("ws://" + name + ":8888/kurento"));
    }
}
