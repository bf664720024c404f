package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Programme;
import dev.grandstand.loadagent.Ticket;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.loadagent.clip.Clip;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.VideoCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An H.264 room on two relays: the link between them carries what it carries. */
class H264EdgesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Parameter sets and the beginning of a slice that needs no other picture. */
    private static final String KEYFRAME = "000000016742c01f01000000016801000000016588";

    private static final String OTHER = "00000001419a";

    private static Clip.Picture picture(int number) {
        var begin = HexFormat.of().parseHex(number == 0 ? KEYFRAME : OTHER);
        var data = new byte[number == 0 ? 4_000 : 900];
        Arrays.fill(data, (byte) 7);
        System.arraycopy(begin, 0, data, 0, begin.length);
        return new Clip.Picture(data, Duration.ofMillis(40L * number), number == 0);
    }

    @Test
    void whoWatchesOnAnEdgeSeesTheRoomsH264() throws Exception {
        try (var nodes = new SmallNodes(2, 2, Map.of());
                var agent = LoadAgent.on(nodes.vertx())) {
            var room = new RoomId("h264-edges");
            var clip = new Clip(
                    VideoCodec.H264,
                    IntStream.range(0, 10).mapToObj(H264EdgesIT::picture).toList(),
                    List.of(),
                    Duration.ofMillis(400));
            var publisher = SmallNodes.get(agent.publish(
                    new Ticket(nodes.socket(), room, new DisplayName("Ann"), null),
                    new Programme(PictureShape.SMALL, clip)));
            var viewers = new ArrayList<Viewer>();
            for (var name : List.of("Vera", "Victor")) {
                viewers.add(SmallNodes.get(agent.view(nodes.socket(), room, new DisplayName(name))));
            }

            await().atMost(PATIENCE).until(() -> viewers.stream()
                    .allMatch(viewer -> viewer.figures().picture().decoded() > 50));

            assertThat(viewers)
                    .allSatisfy(viewer ->
                            assertThat(viewer.figures().picture().incomplete()).isZero());
            assertThat(nodes.endpoints(room.value())).containsExactlyInAnyOrder(3, 2);
            for (var viewer : viewers) {
                SmallNodes.get(viewer.close());
            }
            SmallNodes.get(publisher.close());
        }
    }
}
