package dev.grandstand.signaling;

import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;

/** Where a session stands: outside, on its way into a room, or inside. */
sealed interface Presence {

    /** In no room. */
    record Outside() implements Presence {}

    /** A join is under way. */
    record Entering(RoomId room, ParticipantId participant) implements Presence {}

    /** In a room. */
    record Inside(RoomId room, Participant you, LocalRoom local) implements Presence {}
}
