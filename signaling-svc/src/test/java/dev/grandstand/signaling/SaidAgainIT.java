package dev.grandstand.signaling;

import static dev.grandstand.signaling.SessionMediaUnderTest.BOB;
import static dev.grandstand.signaling.SessionMediaUnderTest.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody knows to have arrived is said again. Room-svc is this test. */
class SaidAgainIT {

    private static final StreamId CAMERA = new StreamId("camera");

    private final Presence.Inside here = SessionMediaUnderTest.inside();
    private final List<RoomCommand> heard = new CopyOnWriteArrayList<>();
    private SessionMediaUnderTest bobs;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bobs = new SessionMediaUnderTest(folder);
        bobs.answerRooms(this::answer);
        var seat = bobs.published(SessionMediaUnderTest.node("relay"));
        bobs.doOnLoop(() -> bobs.grant(seat));
        publish();
    }

    @AfterEach
    void stop() throws Exception {
        bobs.close();
    }

    @Test
    void anEndIsSaidAgain() {
        unpublishInVain(() -> {});

        await().untilAsserted(() -> assertThat(heard)
                .extracting(Object::getClass)
                .containsExactly(
                        RoomCommand.StartStream.class, RoomCommand.StopStream.class, RoomCommand.StopStream.class));
    }

    @Test
    void andMeansNothingThatHasBegunMeanwhile() throws Exception {
        unpublishInVain(this::publish);

        await().until(() -> heard.size() == 4);
        assertThat(heard.get(2)).isInstanceOf(RoomCommand.StartStream.class);
        assertThat(heard.get(3))
                .isEqualTo(heard.get(1))
                .isInstanceOfSatisfying(RoomCommand.StopStream.class, stop -> assertThat(stop.from())
                        .containsExactly(((RoomCommand.StartStream) heard.getFirst()).source()));
    }

    @Test
    void aSeatIsNotAskedForAgainByWhoeverHasLeft() throws Exception {
        bobs.cutOff();
        bobs.doOnLoop(() -> {
            askForSeat();
            bobs.media.reset();
        });

        bobs.onLoop(bobs.services::allTold);
    }

    @Test
    void aSeatIsGivenBackByWhoeverMayStillBeGivenOne() throws Exception {
        var said = new CopyOnWriteArrayList<MediaCommand>();
        bobs.answerMedia((id, command) -> said.add(command));

        bobs.doOnLoop(() -> {
            askForSeat();
            bobs.media.leave(here);
        });

        await().untilAsserted(() -> assertThat(said)
                .extracting(Object::getClass)
                .containsExactly(MediaCommand.RequestSeat.class, MediaCommand.ReleaseSeat.class));
    }

    @Test
    void andTakenBackFromWhoeverHasLeftWithOne() throws Exception {
        var asked = new CopyOnWriteArrayList<CommandId>();
        var said = new CopyOnWriteArrayList<MediaCommand>();
        bobs.answerMedia((id, command) -> {
            asked.add(id);
            said.add(command);
        });
        bobs.doOnLoop(this::askForSeat);
        await().until(() -> asked.size() == 1);

        bobs.doOnLoop(() -> {
            bobs.grant(new MediaLocation(SessionMediaUnderTest.node("relay"), "p", "e"), asked.getFirst());
            bobs.media.leave(here);
            bobs.media.turnBack(here.room(), BOB.id());
        });

        bobs.onLoop(bobs.services::allTold);
        await().until(() -> said.size() == 2);
        assertThat(said.getLast()).isInstanceOf(MediaCommand.ReleaseSeat.class);
    }

    private void askForSeat() {
        bobs.media.askForSeat(new Presence.Entering(here.room(), BOB.id(), here.connection(), false), null);
    }

    /** What happens meanwhile. */
    private interface Meanwhile {
        void happens() throws Exception;
    }

    private void unpublishInVain(Meanwhile meanwhile) {
        assertThatThrownBy(() -> {
                    var ended = new AtomicReference<Future<?>>();
                    bobs.doOnLoop(() -> ended.set(bobs.media.unpublish(here, new ClientMessage.Unpublish(2L, CAMERA))));
                    meanwhile.happens();
                    bobs.onLoop(() -> ended.get().mapEmpty());
                })
                .hasRootCauseInstanceOf(Refusal.class);
    }

    private void publish() throws Exception {
        bobs.onLoop(() -> bobs.media.publish(here, new ClientMessage.Publish(1L, CAMERA, StreamKind.CAMERA, OFFER)));
    }

    private void answer(CommandId id, RoomCommand command) {
        heard.add(command);
        if (command instanceof RoomCommand.StartStream start) {
            var started = new RoomEvent.StreamStarted(
                    new Stream(start.stream(), start.participant(), start.kind(), start.source()), BOB.name());
            here.local().apply(started);
            bobs.services.onEvent(id, started);
        }
    }
}
