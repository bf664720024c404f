package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Standing;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalRoomsTest {

    private static final RoomId SHOW = new RoomId("show");
    private static final Participant ANN =
            new Participant(new ParticipantId("ann"), new DisplayName("Ann"), Role.VIEWER);

    private final LocalRooms rooms = new LocalRooms();

    @Test
    void whoComesBackSoonFindsTheRoomThatTheyLeft() {
        var left = open(SHOW);
        rooms.emptied(SHOW);
        pass(LocalRooms.LINGER_SECONDS - 1);

        assertThat(open(SHOW)).isSameAs(left);
    }

    @Test
    void aRoomThatNobodyComesBackToIsForgotten() {
        open(SHOW);
        rooms.emptied(SHOW);
        pass(LocalRooms.LINGER_SECONDS);

        assertThat(rooms.has(SHOW)).isFalse();
    }

    @Test
    void aRoomWithSomebodyInItIsNot() {
        open(SHOW);
        rooms.emptied(SHOW);
        open(SHOW);
        pass(LocalRooms.LINGER_SECONDS);

        assertThat(rooms.has(SHOW)).isTrue();
    }

    @Test
    void itsTimeBeginsWhenItWasLeftLast() {
        open(SHOW);
        rooms.emptied(SHOW);
        pass(1);
        open(SHOW);
        rooms.emptied(SHOW);
        pass(LocalRooms.LINGER_SECONDS - 1);

        assertThat(rooms.has(SHOW)).isTrue();
    }

    @Test
    void ofTooManyTheLongestEmptyIsForgotten() {
        for (int i = 0; i <= LocalRooms.MOST_EMPTY; i++) {
            var room = new RoomId("r" + i);
            open(room);
            rooms.emptied(room);
        }

        assertThat(rooms.all()).hasSize(LocalRooms.MOST_EMPTY);
        assertThat(rooms.has(new RoomId("r0"))).isFalse();
    }

    @Test
    void aRoomThatIsNotFollowedDoesNotBecomeSo() {
        rooms.emptied(SHOW);

        assertThat(rooms.has(SHOW)).isFalse();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            rooms.tick();
        }
    }

    private LocalRoom open(RoomId room) {
        var described = new RoomEvent.RoomDescribed(
                ANN, Standing.NONE, "R", false, null, List.of(ANN), List.of(), List.of(), 1);
        return rooms.open(room, id -> new LocalRoom(id, described, new Clockwork(), reactions -> {}));
    }
}
