package dev.grandstand.room;

import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomEvent;

/** Who plays in the scenarios about rules: a moderator, a second one, and viewers with and without grants. */
final class Cast {

    static final InstanceId A = new InstanceId("signaling.a");
    static final InstanceId B = new InstanceId("signaling.b");

    static final Participant MAX = RoomTest.viewer("max").as(Role.MODERATOR);
    static final Participant MIA = RoomTest.viewer("mia").as(Role.MODERATOR);
    static final Participant ANN = RoomTest.viewer("ann");
    static final Participant BOB = RoomTest.viewer("bob");
    static final ClientKey BOBS_KEY = new ClientKey("user-bob");
    static final StreamId CAMERA = new StreamId("camera");

    static final RoomEvent OPENED = new RoomEvent.RoomOpened("My show", VideoCodec.VP8);
    static final RoomEvent MAX_IN = joined(MAX, new Grants(true, true, true), 1);
    /** Ann may publish. */
    static final RoomEvent ANN_IN = joined(ANN, new Grants(true, true, false), 2);
    /** Bob may not. */
    static final RoomEvent BOB_IN = new RoomEvent.ParticipantJoined(
            BOB, RoomTest.connection(BOB), A, new Grants(false, true, false), BOBS_KEY, 3);

    static final RoomEvent MIA_IN = joined(MIA, new Grants(true, true, true), 4);
    static final RoomEvent ANN_ON_CAMERA = RoomTest.started(CAMERA, ANN, "e1");
    static final RoomEvent LIVE = new RoomEvent.RoomWentLive();

    private Cast() {}

    /** Max moderates, Ann may publish, Bob may not, Mia moderates, too. */
    static RoomScenario everybody() {
        return RoomScenario.given(OPENED, MAX_IN, ANN_IN, BOB_IN, MIA_IN);
    }

    static RoomEvent.ParticipantJoined joined(Participant who, Grants grants, int audience) {
        return new RoomEvent.ParticipantJoined(who, RoomTest.connection(who), A, grants, null, audience);
    }
}
