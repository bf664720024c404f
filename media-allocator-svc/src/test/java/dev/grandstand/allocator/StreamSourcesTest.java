package dev.grandstand.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import java.net.URI;
import org.junit.jupiter.api.Test;

class StreamSourcesTest {

    private static final RoomId SHOW = new RoomId("show");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final MediaLocation A = at("a");
    private static final MediaLocation B = at("b");
    private static final MediaLocation C = at("c");

    private final StreamSources sources = new StreamSources();

    @Test
    void whoeverAsksForWhatAStreamHasLeftMeansWhereItIsNow() {
        sources.started(SHOW, CAMERA, A);
        sources.moved(SHOW, CAMERA, A, B);
        sources.moved(SHOW, CAMERA, B, C);

        assertThat(sources.meant(SHOW, CAMERA, A)).isEqualTo(C);
        assertThat(sources.meant(SHOW, CAMERA, B)).isEqualTo(C);
        assertThat(sources.now(SHOW, CAMERA)).contains(C);
    }

    @Test
    void whatNobodyHasHeardOfIsMeantAsItIsAsked() {
        sources.started(SHOW, CAMERA, A);

        assertThat(sources.meant(SHOW, CAMERA, B)).isEqualTo(B);
        assertThat(sources.meant(new RoomId("other"), CAMERA, A)).isEqualTo(A);
        assertThat(sources.now(new RoomId("other"), CAMERA)).isEmpty();
    }

    @Test
    void aStreamThatComesBackToAnEndpointIsThere() {
        sources.moved(SHOW, CAMERA, A, B);
        sources.moved(SHOW, CAMERA, B, A);

        assertThat(sources.meant(SHOW, CAMERA, B)).isEqualTo(A);
        assertThat(sources.meant(SHOW, CAMERA, A)).isEqualTo(A);
    }

    @Test
    void aStreamThatEndedTellsWhereItWasAndIsForgotten() {
        sources.moved(SHOW, CAMERA, A, B);

        assertThat(sources.stopped(SHOW, CAMERA)).contains(B);
        assertThat(sources.stopped(SHOW, CAMERA)).isEmpty();
        assertThat(sources.meant(SHOW, CAMERA, A)).isEqualTo(A);
    }

    private static MediaLocation at(String node) {
        return new MediaLocation(
                new NodeRef(new NodeId(node), URI.create("ws://" + node + ":8888/kurento")), "pipeline", "endpoint");
    }
}
