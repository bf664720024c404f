package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.loadagent.Audience;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Publisher;
import dev.grandstand.loadagent.ViewerFigures;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * People without a browser follow their stream over a fleet whose nodes are drained in turn, or killed. {@code
 * GRANDSTAND_TEST_LONG=true} does both with a hall full of them.
 */
class AgentMovesIT {

    private static final boolean LONG = Boolean.parseBoolean(System.getenv("GRANDSTAND_TEST_LONG"));
    private static final PictureShape PICTURE = new PictureShape(100_000, 10);

    /** Viewers a second; whoever is refused does not come again. */
    private static final double RATE = 3;

    /** No node before it is needed, so that the audience is on as few as can be. */
    private static final Map<String, String> ONE_AFTER_ANOTHER =
            Map.of("GRANDSTAND_EDGES_PER_NODE", "2", "GRANDSTAND_EDGE_AHEAD", "0s");

    private static final Duration COME_IN = Duration.ofMinutes(3);

    /** Pictures that everybody has to get to be well again. */
    private static final int WELL = 20;

    @Test
    void everyNodeIsDrainedInTurnAndNobodyIsDropped() throws Exception {
        int viewers = LONG ? 100 : 8;
        try (var nodes = LONG
                        ? new SmallNodes(4, 40, Map.of("GRANDSTAND_EDGES_PER_NODE", "3"))
                        : new SmallNodes(3, 6, Map.of());
                var agent = LoadAgent.on(nodes.vertx())) {
            var room = new RoomId("agent-moves");
            var publisher = publish(nodes, agent, room);
            var audience = comeIn(nodes, agent, room, viewers);

            for (var node : nodes.names()) {
                nodes.operators().drain(node);
                Visitor.await(node + " to be empty").until(() -> {
                    assertThat(nodes.operators().overfull()).isEmpty();
                    return nodes.pipelinesOn(node) == 0;
                });
                awaitEverybodySees(audience);
                nodes.operators().useAgain(node);
                tell("after " + node + " was drained", audience);
            }

            var total = audience.figures().total();
            assertThat(total.streams()).isEqualTo(viewers);
            assertThat(total.failures()).isZero();
            awaitOnAir(publisher);
            SmallNodes.get(audience.leave());
            SmallNodes.get(publisher.close());
        }
    }

    @Test
    void whenTheOriginIsKilledEverybodySeesFramesAgainAndNothingIsLeftBehind() throws Exception {
        int viewers = LONG ? 60 : 12;
        int seats = LONG ? 21 : 5;
        try (var nodes = SmallNodes.killable(4, seats, ONE_AFTER_ANOTHER);
                var agent = LoadAgent.on(nodes.vertx())) {
            var room = new RoomId("agent-repair");
            var publisher = publish(nodes, agent, room);
            var audience = comeIn(nodes, agent, room, viewers);
            assertThat(nodes.operators().edges(room.value())).hasSize(2);

            nodes.kill(nodes.operators().origin(room.value()));
            var killed = System.nanoTime();
            awaitEverybodySees(audience);
            System.out.printf(
                    "agents: %d pictures for each of %d viewers within %d ms after the origin was killed%n",
                    WELL, viewers, Duration.ofNanos(System.nanoTime() - killed).toMillis());
            assertThat(audience.figures().entered()).isEqualTo(viewers);
            awaitOnAir(publisher);
            Visitor.await("nothing but people and links").until(() -> {
                int edges = nodes.operators().edges(room.value()).size();
                return nodes.pipelines(room.value()) == 1 + edges
                        && nodes.endpoints(room.value()).stream()
                                        .mapToInt(n -> n)
                                        .sum()
                                == viewers + 1 + 2 * edges;
            });
            SmallNodes.get(audience.leave());
            SmallNodes.get(publisher.close());
        }
    }

    private static Publisher publish(SmallNodes nodes, LoadAgent agent, RoomId room) throws Exception {
        return SmallNodes.get(agent.publish(nodes.socket(), room, new DisplayName("Ann"), PICTURE));
    }

    private static Audience comeIn(SmallNodes nodes, LoadAgent agent, RoomId room, int viewers) {
        var audience = agent.audience(new Audience.Order(nodes.socket(), room, null, viewers, RATE, null));
        Visitor.await("all viewers to have a picture")
                .atMost(COME_IN)
                .until(() -> audience.figures().firstPictures().size() == viewers);
        return audience;
    }

    /** Its own end of a move may come after the audience's. */
    private static void awaitOnAir(Publisher publisher) {
        Visitor.await("the presenter to be on air")
                .until(() -> publisher.figures().connected());
    }

    private static void awaitEverybodySees(Audience audience) {
        var before = audience.viewers().stream().map(AgentMovesIT::decoded).toList();
        Visitor.await("everybody to see more").until(() -> {
            var now = audience.viewers();
            return IntStream.range(0, before.size()).allMatch(i -> decoded(now.get(i)) >= before.get(i) + WELL);
        });
    }

    private static long decoded(ViewerFigures viewer) {
        return viewer.picture().decoded();
    }

    private static void tell(String when, Audience audience) {
        var longest = audience.viewers().stream()
                .map(viewer -> viewer.picture().longestGap())
                .map(Duration::toMillis)
                .sorted()
                .toList();
        System.out.printf(
                "agents: %s, the longest gap of each of %d so far: half of them up to %d ms, the longest %d ms%n",
                when, longest.size(), longest.get(longest.size() / 2), longest.getLast());
    }
}
