package dev.grandstand.signaling;

import static dev.grandstand.signaling.SessionMediaUnderTest.BOB;
import static dev.grandstand.signaling.SessionMediaUnderTest.OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A media node is lost, and its streams move to another. Room-svc and the allocator are this test. */
class LostNodeIT {

    private static final NodeRef LOST = SessionMediaUnderTest.node("lost");
    private static final NodeRef OTHER = SessionMediaUnderTest.node("other");
    private static final StreamId CAMERA = new StreamId("camera");
    private static final ParticipantId ANN = new ParticipantId("ann");

    private final List<RoomCommand> heard = new CopyOnWriteArrayList<>();
    private SessionMediaUnderTest bobs;
    private Presence.Inside here;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        bobs = new SessionMediaUnderTest(folder);
    }

    @AfterEach
    void stop() throws Exception {
        bobs.close();
    }

    @Test
    void whoeverWatchesConnectsBeforeTheStreamIsThereAndIsFedThen() throws Exception {
        var camera = new Stream(CAMERA, ANN, StreamKind.CAMERA, bobs.published(LOST));
        here = SessionMediaUnderTest.inside(camera);
        lose();
        var seat = bobs.published(OTHER);
        bobs.doOnLoop(() -> bobs.grant(seat));

        var answer = bobs.onLoop(() -> bobs.media.view(here, new ClientMessage.View(1L, CAMERA, OFFER)));

        assertThat(answer.stream()).isEqualTo(CAMERA);
        var mine = bobs.media.held().getFirst().endpoint().endpoint();
        assertThat(bobs.servers.sourceOf(mine)).isEmpty();
        assertThat(bobs.media.held().getFirst().source())
                .as("whoever resumes before it is fed asks anew")
                .isEqualTo(Placed.NOBODY);

        var now = bobs.published(bobs.servers.on(OTHER), seat.pipeline());
        bobs.doOnLoop(() -> {
            here.local().apply(new RoomEvent.StreamMoved(CAMERA, ANN, camera.source(), now));
            bobs.media.onStreamMoved(here, CAMERA, now);
        });

        await().until(() -> bobs.servers.sourceOf(mine).equals(Optional.of(now.endpoint())));
        await().until(() -> now.endpoint().equals(bobs.media.held().getFirst().source()));
        assertThat(bobs.told).noneMatch(ServerMessage.MediaLost.class::isInstance);
    }

    @Test
    void whoeverHasToWaitUntilTheStreamIsThereWatchesItAtOnce() throws Exception {
        var pipeline = bobs.published(LOST).pipeline();
        var streams = List.of(
                new Stream(CAMERA, ANN, StreamKind.CAMERA, bobs.published(bobs.servers.on(LOST), pipeline)),
                new Stream(
                        new StreamId("second"),
                        ANN,
                        StreamKind.CAMERA,
                        bobs.published(bobs.servers.on(LOST), pipeline)),
                new Stream(
                        new StreamId("third"),
                        ANN,
                        StreamKind.CAMERA,
                        bobs.published(bobs.servers.on(LOST), pipeline)));
        here = SessionMediaUnderTest.inside(streams.toArray(Stream[]::new));
        lose();
        var seat = bobs.published(OTHER);
        var now = bobs.published(bobs.servers.on(OTHER), seat.pipeline());
        bobs.doOnLoop(() -> bobs.grant(seat));
        bobs.servers.holdAnswers(OTHER);

        bobs.doOnLoop(
                () -> streams.forEach(stream -> bobs.media.view(here, new ClientMessage.View(1L, stream.id(), OFFER))));
        await().until(() -> bobs.servers.heldAnswers(OTHER) == Negotiations.AHEAD_AT_ONCE);
        var third = streams.getLast();
        bobs.doOnLoop(() -> {
            here.local().apply(new RoomEvent.StreamMoved(third.id(), ANN, third.source(), now));
            bobs.media.onStreamMoved(here, third.id(), now);
        });
        for (int i = 0; i < streams.size(); i++) {
            await().until(() -> bobs.servers.heldAnswers(OTHER) > 0);
            bobs.servers.giveAnswers(OTHER, 1);
        }

        await().until(() -> bobs.media.held().size() == streams.size());
        assertThat(bobs.media.held())
                .filteredOn(held -> held.stream().equals(third.id()))
                .extracting(ResumeToken.Held::source)
                .containsExactly(now.endpoint());
    }

    @Test
    void whatBobPublishesMovesWithHimInsteadOfEnding() throws Exception {
        here = SessionMediaUnderTest.inside();
        bobs.answerRooms(this::answer);
        var seat = bobs.published(LOST);
        bobs.doOnLoop(() -> bobs.grant(seat));
        publish();

        bobs.servers.kill(LOST);
        await().until(() -> bobs.told.contains(new ServerMessage.MediaLost(CAMERA)));
        bobs.doOnLoop(() -> {
            here.local().onNodeLost(LOST);
            bobs.media.onNodeLost(LOST);
        });
        var other = bobs.published(OTHER);
        bobs.doOnLoop(() -> bobs.grant(other));
        publish();

        await().until(() -> heard.size() == 2);
        assertThat(heard.get(0)).isInstanceOf(RoomCommand.StartStream.class);
        assertThat(heard.get(1)).isInstanceOfSatisfying(RoomCommand.MoveStream.class, move -> {
            assertThat(move.source().node()).isEqualTo(OTHER);
            assertThat(move.from()).extracting(MediaLocation::node).containsExactly(LOST);
        });
    }

    private void publish() throws Exception {
        bobs.onLoop(() -> bobs.media.publish(here, new ClientMessage.Publish(1L, CAMERA, StreamKind.CAMERA, OFFER)));
    }

    private void lose() throws Exception {
        bobs.servers.kill(LOST);
        bobs.doOnLoop(() -> here.local().onNodeLost(LOST));
    }

    /** What room-svc would do. */
    private void answer(CommandId id, RoomCommand command) {
        heard.add(command);
        if (command instanceof RoomCommand.StartStream start) {
            var stream = new Stream(start.stream(), start.participant(), start.kind(), start.source());
            var started = new RoomEvent.StreamStarted(stream, BOB.name());
            here.local().apply(started);
            bobs.services.onEvent(id, started);
        }
    }
}
