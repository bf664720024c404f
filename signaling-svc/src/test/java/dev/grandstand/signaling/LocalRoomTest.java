package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.room.RoomEvent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalRoomTest {

    private static final Participant ANN =
            new Participant(new ParticipantId("ann"), new DisplayName("Ann"), Role.PRESENTER);
    private static final Participant BOB =
            new Participant(new ParticipantId("bob"), new DisplayName("Bob"), Role.VIEWER);
    private static final InstanceId INSTANCE = new InstanceId("signaling.1");
    private static final Stream CAMERA = new Stream(
            new StreamId("ann-camera"),
            ANN.id(),
            StreamKind.CAMERA,
            new MediaLocation(new NodeRef(new NodeId("n"), URI.create("ws://n:8888/kurento")), "pipeline", "endpoint"));

    private final TestMember member = new TestMember();

    @Test
    void aStreamIsShownUnderItsPresentersNameAndWithoutItsLocation() {
        var room = roomOf(2);

        room.apply(new RoomEvent.StreamStarted(CAMERA, ANN.name()));

        assertThat(member.last())
                .contains("\"streamStarted\"", "\"name\":\"Ann\"")
                .doesNotContain("endpoint");
        assertThat(room.info().live()).isTrue();
        assertThat(room.streamInfos()).hasSize(1);
    }

    @Test
    void aRenamedPresentersStreamsBearTheNewName() {
        var room = roomOf(2);
        room.apply(new RoomEvent.StreamStarted(CAMERA, ANN.name()));

        room.apply(new RoomEvent.ParticipantRenamed(ANN.id(), new DisplayName("Anna")));

        assertThat(room.streamInfos().getFirst().name()).isEqualTo(new DisplayName("Anna"));
    }

    @Test
    void aStreamThatStoppedIsTakenFromWhoeverWatchesIt() {
        var room = roomOf(2);
        room.apply(new RoomEvent.StreamStarted(CAMERA, ANN.name()));

        room.apply(new RoomEvent.StreamStopped(CAMERA.id(), ANN.id(), StopReason.UNPUBLISHED));

        assertThat(member.stopped).containsExactly(CAMERA.id());
        assertThat(room.stream(CAMERA.id())).isEmpty();
        assertThat(room.info().live()).isFalse();
    }

    @Test
    void aSmallRoomHearsOfEverybody() {
        var room = roomOf(1);

        room.apply(new RoomEvent.ParticipantJoined(BOB, INSTANCE, 2));
        room.apply(new RoomEvent.ParticipantLeft(BOB.id(), LeaveReason.LEFT, 1));
        room.announceAudience();

        assertThat(member.frames).hasSize(2);
    }

    @Test
    void aLargeRoomHearsOnlyHowManyAndOnceASecond() {
        var room = roomOf(5_000);

        for (int i = 1; i <= 100; i++) {
            room.apply(new RoomEvent.ParticipantJoined(BOB, INSTANCE, 5_000 + i));
        }
        assertThat(member.frames).isEmpty();

        room.announceAudience();
        room.announceAudience();
        assertThat(member.frames).containsExactly(Frame.of(new ServerMessage.Audience(5_100)));
    }

    @Test
    void aMessageIsEncodedOnceForAll() {
        var room = roomOf(2);
        var other = new TestMember();
        room.enter(other);

        room.apply(new RoomEvent.ParticipantJoined(BOB, INSTANCE, 2));

        assertThat(other.frames.getFirst()).isSameAs(member.frames.getFirst());
    }

    @Test
    void chatGoesToThoseWhoHaveItsHistory() {
        var room = roomOf(2);
        var early = new TestMember();
        early.chatHistory = false;
        room.enter(early);

        room.chat()
                .apply(new ChatEvent.MessagePosted(
                        new ChatMessage(new MessageId("m"), ANN.id(), ANN.name(), "Hello", 0, null), null));

        assertThat(member.frames).hasSize(1);
        assertThat(early.frames).isEmpty();
    }

    @Test
    void theLastToLeaveIsKnown() {
        var room = roomOf(2);
        var other = new TestMember();
        room.enter(other);

        assertThat(room.leave(member)).isTrue();
        assertThat(room.leave(other)).isFalse();
    }

    private LocalRoom roomOf(int audience) {
        var room = new LocalRoom(
                new RoomId("r"),
                new RoomEvent.RoomDescribed(ANN.id(), "R", List.of(ANN), List.of(), audience),
                new Clockwork(),
                reactions -> {});
        room.enter(member);
        return room;
    }

    private static final class TestMember implements Member {

        private final List<Frame> frames = new ArrayList<>();
        private final List<StreamId> stopped = new ArrayList<>();
        private boolean chatHistory = true;

        String last() {
            return frames.getLast().text();
        }

        @Override
        public void send(Frame frame) {
            frames.add(frame);
        }

        @Override
        public boolean hasChatHistory() {
            return chatHistory;
        }

        @Override
        public void onStreamStopped(StreamId stream) {
            stopped.add(stream);
        }

        @Override
        public void onRoomMediaLost() {}
    }
}
