package dev.grandstand.room;

import static dev.grandstand.room.Cast.A;
import static dev.grandstand.room.Cast.ANN;
import static dev.grandstand.room.Cast.ANN_ON_CAMERA;
import static dev.grandstand.room.Cast.BOB;
import static dev.grandstand.room.Cast.BOBS_KEY;
import static dev.grandstand.room.Cast.CAMERA;
import static dev.grandstand.room.Cast.LIVE;
import static dev.grandstand.room.Cast.MAX;
import static dev.grandstand.room.Cast.MIA;
import static dev.grandstand.room.Cast.everybody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Notice;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Silenced;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomCommand.Ban;
import dev.grandstand.protocol.room.RoomCommand.CloseRoom;
import dev.grandstand.protocol.room.RoomCommand.Join;
import dev.grandstand.protocol.room.RoomCommand.Kick;
import dev.grandstand.protocol.room.RoomCommand.Lock;
import dev.grandstand.protocol.room.RoomCommand.Mute;
import dev.grandstand.protocol.room.RoomCommand.TakeDown;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.protocol.room.RoomEvent.ParticipantBanned;
import dev.grandstand.protocol.room.RoomEvent.ParticipantLeft;
import dev.grandstand.protocol.room.RoomEvent.ParticipantMuted;
import dev.grandstand.protocol.room.RoomEvent.RoomClosed;
import dev.grandstand.protocol.room.RoomEvent.RoomLocked;
import dev.grandstand.protocol.room.RoomEvent.StreamMuted;
import dev.grandstand.protocol.room.RoomEvent.StreamStopped;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream.Builder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keeping order. */
class ModerationTest {

    private static final ParticipantId NOBODY = new ParticipantId("nobody");

    /** Commands about somebody. */
    private static final List<BiFunction<ParticipantId, ParticipantId, RoomCommand>> ABOUT_SOMEBODY = List.of(
            Kick::new,
            Ban::new,
            TakeDown::new,
            (by, whom) -> new Mute(by, whom, Mutable.CHAT, true),
            (by, whom) -> new Mute(by, whom, Mutable.MICROPHONE, true));

    /** Commands about the room. */
    private static final List<java.util.function.Function<ParticipantId, RoomCommand>> ABOUT_THE_ROOM =
            List.of(by -> new Lock(by, true), CloseRoom::new);

    @TestFactory
    java.util.stream.Stream<DynamicTest> isForModeratorsAndOperators() {
        Builder<DynamicTest> tests = java.util.stream.Stream.builder();
        for (var command : ABOUT_SOMEBODY) {
            var name = command.apply(MAX.id(), BOB.id()).getClass().getSimpleName();
            tests.add(test(name + " by a viewer", command.apply(ANN.id(), BOB.id()), "forbidden"));
            tests.add(test(name + " by nobody", command.apply(NOBODY, BOB.id()), "not-found"));
            tests.add(test(name + " of nobody", command.apply(MAX.id(), NOBODY), "not-found"));
            tests.add(test(name + " of oneself", command.apply(MAX.id(), MAX.id()), "refused"));
            tests.add(test(name + " of a moderator", command.apply(MAX.id(), MIA.id()), "forbidden"));
            tests.add(DynamicTest.dynamicTest(name + " of a moderator by an operator", () -> assertThat(
                            everybody().when(command.apply(null, MIA.id())).events())
                    .noneMatch(dev.grandstand.protocol.room.RoomEvent.CommandRefused.class::isInstance)));
        }
        for (var command : ABOUT_THE_ROOM) {
            var name = command.apply(MAX.id()).getClass().getSimpleName();
            tests.add(test(name + " by a viewer", command.apply(ANN.id()), "forbidden"));
            tests.add(test(name + " by nobody", command.apply(NOBODY), "not-found"));
            tests.add(DynamicTest.dynamicTest(
                    name + " of a closed room",
                    () -> RoomScenario.givenNothing().when(command.apply(null)).thenRefused("not-found")));
        }
        return tests.build();
    }

    /** In pages, as of a large room. */
    private static List<Participant> seenBy(Participant reader, Room room) {
        var answer = new RoomScenario(room)
                .when(new RoomCommand.ListPeople(reader.id(), "", null))
                .events();
        return ((RoomEvent.PeopleListed) answer.getFirst()).people();
    }

    private static DynamicTest test(String name, RoomCommand command, String code) {
        return DynamicTest.dynamicTest(name, () -> everybody().when(command).thenRefused(code));
    }

    @Nested
    class Muting {

        @Test
        void inTheChatTakesAwayAndGivesBackTheRightToWrite() {
            var muted = everybody()
                    .when(new Mute(MAX.id(), BOB.id(), Mutable.CHAT, true))
                    .then(new ParticipantMuted(BOB.id(), Mutable.CHAT, true))
                    .room();
            assertThat(muted.people().present(BOB.id()).guest().standing().chat())
                    .isFalse();
            assertThat(Description.of(muted, ANN.id()).roster())
                    .as("shown to who comes later")
                    .contains(BOB.with(new Silenced(true, false)));
            assertThat(seenBy(MAX, muted)).contains(BOB.with(new Silenced(true, false)));
            assertThat(seenBy(ANN, muted)).contains(BOB);
            var again = new RoomScenario(muted)
                    .when(new Mute(MAX.id(), BOB.id(), Mutable.CHAT, false))
                    .then(new ParticipantMuted(BOB.id(), Mutable.CHAT, false))
                    .room();
            assertThat(again.people().present(BOB.id()).guest().standing().chat())
                    .isTrue();
        }

        @Test
        void aMicrophoneShowsAtTheStreams() {
            everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .when(new Mute(MAX.id(), ANN.id(), Mutable.MICROPHONE, true))
                    .then(
                            new ParticipantMuted(ANN.id(), Mutable.MICROPHONE, true),
                            new StreamMuted(CAMERA, new Stream.Muted(true, false)));
        }

        @Test
        void aMicrophoneNoLongerLeavesItToItsOwnerToSpeak() {
            everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .and(
                            new ParticipantMuted(ANN.id(), Mutable.MICROPHONE, true),
                            new StreamMuted(CAMERA, new Stream.Muted(true, false)))
                    .when(new Mute(MAX.id(), ANN.id(), Mutable.MICROPHONE, false))
                    .then(new ParticipantMuted(ANN.id(), Mutable.MICROPHONE, false));
        }
    }

    @Nested
    class ShowingOut {

        @Test
        void endsTheStreamsAndTheyMayComeBackAsSomebodyNew() {
            var room = everybody()
                    .and(ANN_ON_CAMERA, LIVE)
                    .when(new Kick(MAX.id(), ANN.id()))
                    .then(
                            new StreamStopped(CAMERA, ANN.id(), StopReason.PRESENTER_LEFT),
                            new ParticipantLeft(ANN.id(), LeaveReason.KICKED, 3))
                    .room();
            assertThat(new RoomScenario(room).when(join("ann-again", null)).events())
                    .hasSize(2);
        }

        @Test
        void forTheRoomsLifeHoldsForThemAndForTheirKey() {
            var room = everybody()
                    .when(new Ban(MAX.id(), BOB.id()))
                    .then(
                            new ParticipantBanned(BOB.id(), BOBS_KEY),
                            new ParticipantLeft(BOB.id(), LeaveReason.BANNED, 3))
                    .room();
            var after = new RoomScenario(room);
            after.when(join("bob", null)).thenRefused("banned");
            after.when(join("bob-again", BOBS_KEY)).thenRefused("banned");
            assertThat(after.when(join("somebody", new ClientKey("other"))).events())
                    .hasSize(2);
        }

        @Test
        void endsWithTheRoomsLife() {
            var after = everybody()
                    .and(
                            new ParticipantBanned(BOB.id(), BOBS_KEY),
                            new ParticipantLeft(BOB.id(), LeaveReason.BANNED, 3),
                            new RoomClosed(CloseReason.CLOSED));
            assertThat(after.room()).isEqualTo(Room.closed(RoomScenario.ROOM));
            assertThat(after.when(join("bob-again", BOBS_KEY)).events()).hasSize(3);
        }

        @Test
        void forGoodIsLimited() {
            var room = everybody();
            for (var n = 0; n < Limits.DEFAULT.bans(); n++) {
                room = new RoomScenario(
                        room.room().evolve(new ParticipantBanned(new ParticipantId("x" + n), null), RoomScenario.NOON));
            }
            room.when(new Ban(MAX.id(), BOB.id())).thenRefused("refused");
        }
    }

    @Nested
    class Locking {

        @Test
        void letsNobodyInUntilUnlocked() {
            everybody().when(new Lock(MAX.id(), true)).then(new RoomLocked(true));
            var locked = everybody().and(new RoomLocked(true));
            locked.when(join("late", null)).thenRefused("locked");
            locked.when(new Lock(MAX.id(), false)).then(new RoomLocked(false));
            assertThat(locked.and(new RoomLocked(false))
                            .when(join("late", null))
                            .events())
                    .hasSize(2);
        }

        @Test
        void outlivesGoingLive() {
            var live = everybody().and(new RoomLocked(true), ANN_ON_CAMERA, LIVE);
            assertThat(live.room().isLocked()).isTrue();
        }
    }

    @Test
    void anAnnouncementChangesNothing() {
        everybody()
                .when(new RoomCommand.Announce(null, new Notice(" Soon.\n")))
                .then(new RoomEvent.Announced(new Notice("Soon.")));
        RoomScenario.givenNothing()
                .when(new RoomCommand.Announce(null, new Notice("x")))
                .thenRefused("not-found");
        assertThatThrownBy(() -> new Notice("x".repeat(501))).isInstanceOf(BadValue.class);
        assertThatThrownBy(() -> new Notice("\u0007")).isInstanceOf(BadValue.class);
    }

    @Test
    void closingPutsEverybodyOut() {
        var room = everybody()
                .and(ANN_ON_CAMERA, LIVE)
                .when(new CloseRoom(MAX.id()))
                .then(new RoomClosed(CloseReason.CLOSED))
                .room();
        assertThat(room).isEqualTo(Room.closed(RoomScenario.ROOM));
    }

    private static Join join(String id, ClientKey key) {
        Participant who = RoomTest.viewer(id);
        return new Join(who.id(), who.name(), who.role(), null, null, RoomTest.connection(who), A, null, key);
    }
}
