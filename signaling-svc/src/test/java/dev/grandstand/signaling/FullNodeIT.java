package dev.grandstand.signaling;

import static dev.grandstand.signaling.SessionMediaUnderTest.BOB;
import static dev.grandstand.signaling.SessionMediaUnderTest.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A media node says that it has no room for an endpoint. The allocator is this test. */
class FullNodeIT {

    private static final NodeRef FULL = SessionMediaUnderTest.node("full");
    private static final NodeRef ROOMY = SessionMediaUnderTest.node("roomy");

    private final List<MediaCommand> heard = new CopyOnWriteArrayList<>();
    private SessionMediaUnderTest bobs;
    private Stream camera;
    private Stream screen;
    private MediaLocation arrival;
    private Presence.Inside here;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bobs = new SessionMediaUnderTest(folder);
        camera = new Stream(new StreamId("camera"), new ParticipantId("ann"), StreamKind.CAMERA, bobs.published(FULL));
        screen = new Stream(new StreamId("screen"), new ParticipantId("ann"), StreamKind.SCREEN, bobs.published(FULL));
        arrival = bobs.published(ROOMY);
        here = SessionMediaUnderTest.inside(camera, screen);
        bobs.answerMedia(this::answer);
        bobs.doOnLoop(() -> bobs.grant(camera.source()));
    }

    @AfterEach
    void stop() throws Exception {
        bobs.close();
    }

    @Test
    void whoeverHasNothingThereGetsAnotherSeatAndWatchesFromThere() throws Exception {
        bobs.servers.fill(FULL);

        var answer = bobs.onLoop(() -> bobs.media.view(here, new ClientMessage.View(1L, camera.id(), OFFER)));

        assertThat(answer.stream()).isEqualTo(camera.id());
        assertThat(heard)
                .contains(new MediaCommand.DeclineSeat(BOB.id(), FULL, null))
                .anyMatch(MediaCommand.RequestLink.class::isInstance);
        assertThat(bobs.onLoop(() -> bobs.servers.on(ROOMY).endpoints(arrival.pipeline())))
                .hasSize(2);
    }

    @Test
    void whoeverWatchesSomethingThereKeepsTheSeat() throws Exception {
        bobs.onLoop(() -> bobs.media.view(here, new ClientMessage.View(1L, camera.id(), OFFER)));
        bobs.servers.fill(FULL);

        assertThatThrownBy(
                        () -> bobs.onLoop(() -> bobs.media.view(here, new ClientMessage.View(2L, screen.id(), OFFER))))
                .hasRootCauseInstanceOf(MediaFailure.class);

        assertThat(heard).isEmpty();
        assertThat(bobs.onLoop(() -> Future.succeededFuture(bobs.media.held()))).hasSize(1);
    }

    /** What the allocator would do. */
    private void answer(CommandId id, MediaCommand command) {
        heard.add(command);
        switch (command) {
            case MediaCommand.DeclineSeat declined -> bobs.grant(arrival);
            case MediaCommand.RequestLink wanted ->
                bobs.services.onEvent(
                        id, new MediaEvent.LinkMade(wanted.stream(), wanted.source(), wanted.source(), arrival));
            case MediaCommand.RequestSeat asked -> {}
            case MediaCommand.ReleaseSeat released -> {}
            case MediaCommand.ConfirmMove moved -> {}
            case MediaCommand.ReleaseLink released -> {}
            case MediaCommand.ReleaseRoom released -> {}
        }
    }
}
