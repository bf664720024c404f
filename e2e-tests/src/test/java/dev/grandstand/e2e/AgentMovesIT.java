package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.loadagent.Audience;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** People without a browser follow their stream: every node of a room is drained in turn under them. */
class AgentMovesIT {

    private static final RoomId ROOM = new RoomId("agent-moves");
    private static final int VIEWERS = 8;

    @Test
    void everyNodeIsDrainedInTurnAndNobodyIsDropped() throws Exception {
        try (var nodes = new SmallNodes(3, 6, Map.of());
                var agent = LoadAgent.on(nodes.vertx())) {
            var publisher =
                    SmallNodes.get(agent.publish(nodes.socket(), ROOM, new DisplayName("Ann"), PictureShape.SMALL));
            var audience = agent.audience(new Audience.Order(nodes.socket(), ROOM, null, VIEWERS, 10, null));
            Visitor.await("all viewers to have a picture")
                    .until(() -> audience.figures().firstPictures().size() == VIEWERS);

            for (var edge : List.copyOf(nodes.operators().edges(ROOM.toString()))) {
                drain(nodes, edge, audience);
            }
            // With the origin its presenter moves.
            drain(nodes, nodes.operators().origin(ROOM.toString()), audience);

            var total = audience.figures().total();
            System.out.printf(
                    "moves: the longest gap of %d viewers: %d ms%n",
                    VIEWERS, total.picture().longestGap().toMillis());
            assertThat(total.streams()).isEqualTo(VIEWERS);
            assertThat(total.failures()).isZero();
            assertThat(publisher.figures().connected()).isTrue();
            SmallNodes.get(audience.leave());
            SmallNodes.get(publisher.close());
        }
    }

    private static void drain(SmallNodes nodes, String node, Audience audience) throws Exception {
        nodes.operators().drain(node);
        Visitor.await(node + " to be empty").until(() -> nodes.pipelinesOn(node) == 0);
        awaitEverybodySees(audience);
        nodes.operators().useAgain(node);
    }

    private static void awaitEverybodySees(Audience audience) {
        var before = audience.viewers().stream()
                .map(viewer -> viewer.picture().decoded())
                .toList();
        Visitor.await("everybody to see more").until(() -> {
            var now = audience.viewers();
            return IntStream.range(0, before.size())
                    .allMatch(i -> now.get(i).picture().decoded() >= before.get(i) + 20);
        });
    }
}
