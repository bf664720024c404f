package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A full house, as agents see it: one relay of one seat. */
class AgentQueueIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aPresenterWithoutASeatWaitsAndGoesOnAirOnceThereIsOne() throws Exception {
        try (var nodes = new SmallNodes(1, 1, Map.of());
                var agent = LoadAgent.on(nodes.vertx())) {
            var room = new RoomId("full");
            var ann = SmallNodes.get(agent.publish(nodes.socket(), room, new DisplayName("Ann"), PictureShape.SMALL));
            var bob = SmallNodes.get(agent.publish(nodes.socket(), room, new DisplayName("Bob"), PictureShape.SMALL));
            assertThat(ann.figures().connected()).isTrue();
            assertThat(bob.figures().waiting()).isTrue();
            assertThat(bob.figures().frames()).isZero();

            SmallNodes.get(ann.close());

            await().atMost(PATIENCE).until(() -> bob.figures().frames() > 20);
            assertThat(bob.figures().waiting()).isFalse();
            SmallNodes.get(bob.close());
        }
    }
}
