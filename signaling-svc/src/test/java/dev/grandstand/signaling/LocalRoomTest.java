package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Standing;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalRoomTest {

    private static final Participant ANN =
            new Participant(new ParticipantId("ann"), new DisplayName("Ann"), Role.PRESENTER);
    private static final Participant BOB =
            new Participant(new ParticipantId("bob"), new DisplayName("Bob"), Role.VIEWER);
    private static final Stream CAMERA = new Stream(
            new StreamId("ann-camera"),
            ANN.id(),
            StreamKind.CAMERA,
            new MediaLocation(new NodeRef(new NodeId("n"), URI.create("ws://n:8888/kurento")), "pipeline", "endpoint"));

    private static final MediaLocation THERE = new MediaLocation(
            new NodeRef(new NodeId("m"), URI.create("ws://m:8888/kurento")), "its pipeline", "its endpoint");

    private final Clockwork clock = new Clockwork();
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

        room.apply(joined(2));
        room.apply(new RoomEvent.ParticipantLeft(BOB.id(), LeaveReason.LEFT, 1));
        room.announceAudience();
        clock.pass(LateNews.WITHIN);

        assertThat(member.frames).hasSize(2);
    }

    @Test
    void aLargeRoomHearsOnlyHowManyAndOnceASecond() {
        var room = roomOf(5_000);

        for (int i = 1; i <= 100; i++) {
            room.apply(joined(5_000 + i));
        }
        clock.pass(LateNews.WITHIN);
        assertThat(member.frames).isEmpty();

        room.announceAudience();
        room.announceAudience();
        assertThat(member.frames).containsExactly(Frame.of(new ServerMessage.Audience(5_100)));
    }

    @Test
    void aMessageIsEncodedOnceForAll() {
        var room = roomOf(2);
        var other = new TestMember();
        enter(room, other, BOB.id(), false);

        room.apply(joined(2));
        clock.pass(LateNews.WITHIN);

        assertThat(other.frames.getFirst()).isSameAs(member.frames.getFirst());
    }

    @Test
    void chatGoesToThoseWhoHaveItsHistory() {
        var room = roomOf(2);
        var early = new TestMember();
        early.chatHistory = false;
        enter(room, early, BOB.id(), false);

        room.chat()
                .apply(new ChatEvent.MessagePosted(
                        new ChatMessage(new MessageId("m"), ANN.id(), ANN.name(), "Hello", 0, null), null));

        assertThat(member.frames).hasSize(1);
        assertThat(early.frames).isEmpty();
    }

    @Test
    void inALargeRoomChatReachesEverybodyOnce() {
        var room = roomOf(LocalRoom.ROSTER_LIMIT + 1);
        var others = new ArrayList<TestMember>();
        for (int n = 0; n < LocalRoom.ROSTER_LIMIT; n++) {
            others.add(new TestMember());
            enter(room, others.getLast(), new ParticipantId("p" + n), false);
        }

        room.chat()
                .apply(new ChatEvent.MessagePosted(
                        new ChatMessage(new MessageId("m"), ANN.id(), ANN.name(), "Hello", 0, null), null));
        clock.pass(Duration.ofSeconds(1));

        assertThat(member.frames).hasSize(1);
        assertThat(others).allSatisfy(other -> assertThat(other.frames).hasSize(1));
    }

    @Test
    void whoIsShownOutIsToldAndSoAreTheOthers() {
        var room = roomOf(2);
        var other = new TestMember();
        enter(room, other, BOB.id(), false);

        room.apply(new RoomEvent.ParticipantLeft(BOB.id(), LeaveReason.KICKED, 1));
        clock.pass(LateNews.WITHIN);

        assertThat(other.removed).isEqualTo(LeaveReason.KICKED);
        assertThat(member.removed).isNull();
        assertThat(member.last()).contains("\"participantLeft\"", "\"kicked\"");
    }

    @Test
    void everybodyIsOutOfARoomThatCloses() {
        var room = roomOf(2);
        var other = new TestMember();
        enter(room, other, BOB.id(), false);

        room.apply(new RoomEvent.RoomClosed(CloseReason.CLOSED));

        assertThat(List.of(member, other))
                .allSatisfy(each -> assertThat(each.removed).isEqualTo(LeaveReason.ROOM_CLOSED));
    }

    @Test
    void whoIsTakenForDisconnectedAndIsNotHearsOfIt() {
        var room = roomOf(2);
        room.apply(new RoomEvent.ParticipantDisconnected(ANN.id()));
        assertThat(member.takenForDisconnected).isTrue();
    }

    @Test
    void whoIsTakenUpAgainHearsOverWhichConnection() {
        var room = roomOf(2);
        room.apply(new RoomEvent.ParticipantResumed(
                ANN.id(), new ConnectionId("c-2"), new ConnectionId("c-1"), new InstanceId("signaling.2")));
        assertThat(member.resumed).isEqualTo(new ConnectionId("c-2"));
    }

    @Test
    void whoIsMutedInTheChatHearsOfIt() {
        var room = roomOf(2);
        room.apply(new RoomEvent.ParticipantMuted(ANN.id(), Mutable.CHAT, true));
        assertThat(member.chatMuted).isTrue();
        assertThat(member.last()).contains("\"participantMuted\"");
    }

    @Test
    void inALargeRoomOnlyModeratorsAndOneselfHearOfARaisedHand() {
        var room = roomOf(5_000);
        var moderator = new TestMember();
        var raising = new TestMember();
        enter(room, moderator, new ParticipantId("mod"), true);
        enter(room, raising, BOB.id(), false);

        room.apply(new RoomEvent.HandRaised(BOB));

        assertThat(moderator.last()).contains("\"handRaised\"");
        assertThat(raising.frames).hasSize(1);
        assertThat(member.frames).isEmpty();
    }

    @Test
    void aStreamsMuteIsShownToWhoeverComesLater() {
        var room = roomOf(2);
        room.apply(new RoomEvent.StreamStarted(CAMERA, ANN.name()));

        room.apply(new RoomEvent.StreamMuted(CAMERA.id(), new Stream.Muted(true, false)));

        assertThat(member.last()).contains("\"streamMuted\"");
        assertThat(room.streamInfos().getFirst().muted().audio()).isTrue();
    }

    @Test
    void aStreamThatMovesGoesOnForTheAudience() {
        var room = roomOf(2);
        room.apply(new RoomEvent.StreamStarted(CAMERA, ANN.name()));
        var told = member.frames.size();
        room.apply(new RoomEvent.StreamMoved(CAMERA.id(), ANN.id(), CAMERA.source(), THERE));

        assertThat(member.frames).hasSize(told);
        assertThat(member.stopped).isEmpty();
        assertThat(member.movedTo).isEqualTo(THERE);
        assertThat(room.stream(CAMERA.id())).contains(CAMERA.from(THERE));
    }

    @Test
    void aStreamWhoseNodeIsLostIsWaitedForUntilItHasMoved() {
        var room = roomOf(2);
        room.apply(new RoomEvent.StreamStarted(CAMERA, ANN.name()));
        room.onNodeLost(THERE.node());
        assertThat(room.isLost(CAMERA.id())).isFalse();
        var told = member.frames.size();

        room.onNodeLost(CAMERA.source().node());
        assertThat(room.isLost(CAMERA.id())).isTrue();
        assertThat(member.frames).hasSize(told);

        room.apply(new RoomEvent.StreamMoved(CAMERA.id(), ANN.id(), CAMERA.source(), THERE));
        assertThat(room.isLost(CAMERA.id())).isFalse();
        member.movedTo = null;
        clock.pass(LocalRoom.REPAIR);
        assertThat(member.movedTo).isNull();
    }

    @Test
    void whatIsNotHeardOfInTimeIsWaitedForNoLonger() {
        var room = roomOf(2);
        room.apply(new RoomEvent.StreamStarted(CAMERA, ANN.name()));
        room.onNodeLost(CAMERA.source().node());

        clock.pass(LocalRoom.REPAIR);

        assertThat(room.isLost(CAMERA.id())).isFalse();
        assertThat(member.movedTo).isEqualTo(CAMERA.source());
    }

    @Test
    void theLastToLeaveIsKnown() {
        var room = roomOf(2);
        var other = new TestMember();
        enter(room, other, BOB.id(), false);

        assertThat(room.leave(member, ANN.id())).isTrue();
        assertThat(room.leave(other, BOB.id())).isFalse();
    }

    private LocalRoom roomOf(int audience) {
        var room = new LocalRoom(
                new RoomId("r"),
                new RoomEvent.RoomDescribed(
                        ANN, Standing.NONE, "R", false, null, List.of(ANN), List.of(), List.of(), audience),
                clock,
                reactions -> {});
        enter(room, member, ANN.id(), false);
        return room;
    }

    private static void enter(LocalRoom room, TestMember member, ParticipantId participant, boolean moderates) {
        room.enter(member, participant, moderates);
        member.late = room.lateNews();
    }

    private static RoomEvent joined(int audience) {
        return new RoomEvent.ParticipantJoined(
                BOB, new ConnectionId("c"), new InstanceId("signaling.1"), Grants.OPEN, null, audience);
    }
}
