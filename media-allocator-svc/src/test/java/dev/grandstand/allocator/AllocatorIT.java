package dev.grandstand.allocator;

import static dev.grandstand.allocator.AllocatorUnderTest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.memory.InMemoryMediaServers;
import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocatorIT {

    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    /** The log outlives a test, so each test has rooms and nodes of its own. */
    private final int test = TESTS.incrementAndGet();

    private final RoomId show = new RoomId("show-" + test);
    private final RoomId other = new RoomId("other-" + test);
    private final NodeRef node = node("a-" + test);
    private AllocatorUnderTest allocator;
    private InMemoryMediaServers servers;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void startTheAllocator() throws Exception {
        allocator = new AllocatorUnderTest(kafka.bootstrapServers(), 2, node);
        servers = new InMemoryMediaServers(allocator.vertx());
        allocator.start(servers);
    }

    @AfterEach
    void stopIt() throws Exception {
        allocator.close();
    }

    @Test
    void aSeatIsGrantedInAPipelineThatExistsAndCarriesTheRoomsName() throws Exception {
        var seat = allocator.seated(show, "ann");

        assertThat(seat.node()).isEqualTo(node);
        assertThat(get(servers.on(node).pipelines())).anySatisfy(pipeline -> {
            assertThat(pipeline.id()).isEqualTo(seat.pipeline());
            assertThat(pipeline.tags()).containsEntry(Allocator.ROOM_TAG, show.value());
        });
        assertThat(allocator.seated(show, "bob").pipeline()).isEqualTo(seat.pipeline());
        assertThat(allocator.seated(show, "ann")).isEqualTo(seat);
    }

    @Test
    void aFullFleetQueuesAndAFreeSeatIsHandedOn() throws Exception {
        allocator.seated(show, "ann");
        allocator.seated(other, "bob");
        assertThat(allocator.asks(show, "cat")).isInstanceOfSatisfying(MediaEvent.SeatQueued.class, queued -> {
            assertThat(queued.position()).isEqualTo(1);
            assertThat(queued.expectedWaitMs()).isPositive();
        });

        allocator.returns(show, "ann");

        allocator.hears(
                show,
                event -> event instanceof MediaEvent.SeatGranted seat
                        && seat.participant().value().equals("cat"));
    }

    @Test
    void aNodeThatHasNoRoomForSomebodyIsFullForAWhile() throws Exception {
        allocator.seated(show, "ann");

        allocator.send(show, new MediaCommand.DeclineSeat(new ParticipantId("ann"), node, null));
        allocator.hears(
                show,
                event -> event instanceof MediaEvent.SeatQueued queued
                        && queued.participant().value().equals("ann"));

        assertThat(allocator.asks(other, "bob")).isInstanceOf(MediaEvent.SeatQueued.class);

        // The next test's node is in the same log.
        allocator.returns(show, "ann");
        allocator.returns(other, "bob");
    }

    @Test
    void whoPaidMoreGoesFirstInTheNextLifeToo() throws Exception {
        allocator.seated(show, "ann");
        allocator.seated(other, "bob");
        allocator.asks(show, "cat");
        allocator.outcome(allocator.send(
                show,
                new MediaCommand.RequestSeat(new ParticipantId("dan"), new InstanceId("test"), new SeatPriority(4))));
        allocator.stop();
        allocator.start(servers);

        var queue = allocator.orders(HttpMethod.GET, "/admin/queue", "");
        allocator.returns(show, "ann");

        assertThat(queue.getInteger("waiting")).isEqualTo(2);
        assertThat(queue.getJsonObject("byPriority").getMap())
                .containsEntry("0", 1)
                .containsEntry("4", 1);
        assertThat(queue.getJsonArray("queue").getJsonObject(0).getString("participant"))
                .isEqualTo("dan");
        allocator.hears(
                show,
                event -> event instanceof MediaEvent.SeatGranted seat
                        && seat.participant().value().equals("dan"));
        allocator.returns(show, "dan");
        allocator.hears(
                show,
                event -> event instanceof MediaEvent.SeatGranted seat
                        && seat.participant().value().equals("cat"));
    }

    @Test
    void anotherStandsByAndGoesOnWhereThisOneStops() throws Exception {
        try (var standby = new AllocatorUnderTest("standby", kafka.bootstrapServers(), 2, node)) {
            standby.start(servers);
            assertThat(allocator.isLeading()).isTrue();
            assertThat(standby.isLeading()).isFalse();
            var seat = allocator.seated(show, "ann");

            allocator.stop();

            await().atMost(Duration.ofSeconds(30)).until(standby::isLeading);
            assertThat(standby.seated(show, "ann")).isEqualTo(seat);
            standby.seated(show, "bob");
            assertThat(standby.asks(show, "cat")).isInstanceOf(MediaEvent.SeatQueued.class);
        }
    }

    @Test
    void aLeaderThatIsShutOutDecidesNoMoreAndStandsBy() throws Exception {
        allocator.seated(show, "ann");
        try (var usurper = new AllocatorUnderTest(kafka.bootstrapServers(), 2, node)) {
            usurper.start(servers);
            assertThat(usurper.isLeading()).isTrue();
            await().atMost(Duration.ofSeconds(30)).until(() -> !allocator.isLeading());
            await().untilAsserted(() -> assertThat(servers.watches())
                    .as("nobody watches the nodes but whoever leads")
                    .isEqualTo(1));

            usurper.seated(show, "bob");

            assertThat(usurper.asks(show, "cat")).isInstanceOf(MediaEvent.SeatQueued.class);
        }
    }

    @Test
    void whoeverLeavesTheRoomLeavesTheSeat() throws Exception {
        allocator.seated(show, "ann");
        allocator.seated(show, "bob");

        allocator.happens(show, new RoomEvent.ParticipantLeft(new ParticipantId("ann"), LeaveReason.EXPIRED, 1));

        allocator.hears(show, new MediaEvent.SeatReleased(new ParticipantId("ann"))::equals);
        assertThat(allocator.asks(other, "cat")).isInstanceOf(MediaEvent.SeatGranted.class);
    }

    @Test
    void aClosedRoomsPipelineIsReleased() throws Exception {
        allocator.seated(show, "ann");

        allocator.happens(show, new RoomEvent.RoomClosed(CloseReason.EMPTY));

        allocator.hears(show, event -> event instanceof MediaEvent.RoomReleased);
        await().until(() -> get(servers.on(node).pipelines()).isEmpty());
        assertThat(allocator.seated(show, "ann").pipeline()).isNotBlank();
    }

    @Test
    void aRoomIsReleasedOnCommandToo() throws Exception {
        allocator.seated(show, "ann");

        var command = allocator.send(show, new MediaCommand.ReleaseRoom());

        assertThat(allocator.outcome(command)).isInstanceOf(MediaEvent.RoomReleased.class);
        await().until(() -> get(servers.on(node).pipelines()).isEmpty());
    }

    @Test
    void aLostNodesRoomsAreToldAndPlacedAnewWhenItIsBack() throws Exception {
        var before = allocator.seated(show, "ann");

        servers.kill(node);

        allocator.hears(show, new MediaEvent.RoomMediaLost(node)::equals);
        assertThat(allocator.asks(show, "ann")).isInstanceOf(MediaEvent.SeatQueued.class);

        servers.revive(node);

        allocator.hears(
                show,
                event -> event instanceof MediaEvent.SeatGranted seat
                        && !seat.pipeline().equals(before.pipeline()));
    }

    @Test
    void anAllocatorThatStartsAgainKnowsWhoSitsWhere() throws Exception {
        var seat = allocator.seated(show, "ann");
        allocator.seated(other, "bob");
        allocator.asks(show, "cat");

        allocator.stop();
        allocator.start(servers);

        assertThat(allocator.seated(show, "ann")).isEqualTo(seat);
        assertThat(allocator.asks(show, "cat")).isInstanceOf(MediaEvent.SeatQueued.class);
        allocator.returns(other, "bob");
        allocator.hears(
                show,
                event -> event instanceof MediaEvent.SeatGranted granted
                        && granted.participant().value().equals("cat"));
    }

    @Test
    void whatANodeForgotWhileNobodyLookedIsLost() throws Exception {
        allocator.seated(show, "ann");
        allocator.stop();
        servers.kill(node);
        servers.revive(node);

        allocator.start(servers);

        allocator.hears(show, new MediaEvent.RoomMediaLost(node)::equals);
        assertThat(allocator.asks(show, "ann")).isInstanceOf(MediaEvent.SeatGranted.class);
    }

    @Test
    void orphansAreSweptAndStrangersLeftAlone() throws Exception {
        var seat = allocator.seated(show, "ann");
        get(servers.on(node).createPipeline(Map.of(Allocator.ROOM_TAG, "forgotten")));
        var strangers = get(servers.on(node).createPipeline(Map.of("owner", "somebody")));

        await().untilAsserted(() -> assertThat(get(servers.on(node).pipelines()))
                .extracting(pipeline -> pipeline.id())
                .containsExactlyInAnyOrder(seat.pipeline(), strangers));
    }

    @Test
    void anEndpointWhoseParticipantHasLeftIsSwept() throws Exception {
        var seat = allocator.seated(show, "ann");
        allocator.seated(show, "bob");
        var server = servers.on(node);
        var offer = "v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n";
        var anns = get(server.publish(
                seat.pipeline(), offer, Map.of(EndpointSweep.PARTICIPANT_TAG, "ann"), new EndpointListener() {}));
        var bobs = get(server.view(
                seat.pipeline(),
                anns.id(),
                offer,
                Map.of(EndpointSweep.PARTICIPANT_TAG, "bob"),
                new EndpointListener() {}));
        var strangers = get(server.publish(seat.pipeline(), offer, Map.of(), new EndpointListener() {}));

        allocator.returns(show, "bob");

        await().untilAsserted(() -> assertThat(get(server.endpoints(seat.pipeline())))
                .containsExactlyInAnyOrder(anns.id(), strangers.id())
                .doesNotContain(bobs.id()));
    }

    @Test
    void theFleetCanBeLookedAt() throws Exception {
        allocator.seated(show, "ann");

        var fleet = allocator.fleet();

        var first = fleet.getJsonArray("nodes").getJsonObject(0);
        assertThat(first.getString("node")).isEqualTo(node.id().value());
        assertThat(first.getBoolean("answering")).isTrue();
        assertThat(first.getInteger("taken")).isEqualTo(1);
        assertThat(first.getInteger("free")).isEqualTo(1);
        assertThat(fleet.getJsonArray("rooms").getJsonObject(0).getString("room"))
                .isEqualTo(show.value());
    }

    @Test
    void aDrainedNodeIsRememberedByTheNextLifeAndGetsNobodyUntilItIsUsedAgain() throws Exception {
        var drain = "/admin/nodes/" + node.id() + "/drain";
        assertThat(allocator.orders(HttpMethod.POST, drain, "").getJsonArray("nodes"))
                .anySatisfy(shown -> assertThat(((JsonObject) shown).getMap())
                        .containsEntry("node", node.id().value())
                        .containsEntry("draining", true));

        allocator.stop();
        servers = new InMemoryMediaServers(allocator.vertx());
        allocator.start(servers);

        assertThat(allocator.asks(show, "ann")).isInstanceOf(MediaEvent.SeatQueued.class);
        allocator.orders(HttpMethod.DELETE, drain, "");
        allocator.hears(show, event -> event instanceof MediaEvent.SeatGranted);
    }

    @Test
    void ordersThatCannotBeCarriedOutAreRefused() throws Exception {
        allocator.seated(show, "ann");
        var room = "/admin/placements/" + show;

        assertThat(status(HttpMethod.POST, "/admin/nodes/nowhere/drain", "")).isEqualTo(404);
        assertThat(status(HttpMethod.GET, "/admin/placements/nothing", "")).isEqualTo(404);
        assertThat(status(HttpMethod.PUT, room + "/origin", "")).isEqualTo(400);
        assertThat(status(HttpMethod.PUT, room + "/origin", "nowhere")).isEqualTo(404);
        assertThat(status(HttpMethod.PUT, room + "/seats/bob", node.id().value()))
                .isEqualTo(404);
        assertThat(status(HttpMethod.PUT, room + "/seats/ann", node.id().value()))
                .isEqualTo(409);
        assertThat(allocator.orders(HttpMethod.GET, room, "").getJsonArray("seats"))
                .hasSize(1);
    }

    @Test
    void anAnnouncedShowIsRememberedByTheNextLifeUntilItIsTakenBack() throws Exception {
        var path = "/admin/shows/gala-" + test;
        var gala = new JsonObject()
                .put("room", show.value())
                .put("startsAt", "2036-08-07T20:00:00Z")
                .put("endsAt", "2036-08-07T22:00:00Z")
                .put("audience", 50_000);
        assertThat(allocator.calls(HttpMethod.PUT, path, gala.encode()).getMap())
                .containsEntry("id", "gala-" + test)
                .containsEntry("audience", 50_000)
                .containsEntry("from", "operators");

        allocator.stop();
        allocator.start(new InMemoryMediaServers(allocator.vertx()));

        assertThat(allocator.calls(HttpMethod.GET, path, "").getMap()).containsEntry("room", show.value());
        assertThat(allocator.calls(HttpMethod.DELETE, path, "").getJsonArray("shows"))
                .isEmpty();
        assertThat(status(HttpMethod.GET, path, "")).isEqualTo(404);

        allocator.stop();
        allocator.start(new InMemoryMediaServers(allocator.vertx()));
        assertThat(status(HttpMethod.DELETE, path, "")).isEqualTo(404);
    }

    @Test
    void anAnnouncementThatCannotBeIsRefusedByTheFieldsName() throws Exception {
        var refused = allocator.calls(
                HttpMethod.PUT, "/admin/shows/gala", "{\"room\":\"gala\",\"startsAt\":\"2036-08-07T20:00:00Z\"}");

        assertThat(refused.getInteger("status")).isEqualTo(400);
        assertThat(refused.getString("detail")).isEqualTo("the field endsAt is missing");
        assertThat(allocator.calls(HttpMethod.PUT, "/admin/shows/gala", "").getInteger("status"))
                .isEqualTo(400);
    }

    @Test
    void withoutTheTokenNothingIsTold() throws Exception {
        assertThat(allocator.unauthorized("/admin/nodes")).isEqualTo(401);
    }

    private int status(HttpMethod method, String path, String node) throws Exception {
        return allocator.orders(method, path, node).getInteger("status");
    }

    private static NodeRef node(String name) {
        return new NodeRef(new NodeId(name), URI.create("ws://" + name + ":8888/kurento"));
    }
}
