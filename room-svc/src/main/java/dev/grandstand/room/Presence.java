package dev.grandstand.room;

import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.Participant;

/**
 * A participant in a room and what holds them there.
 *
 * @param participant who
 * @param instance the signaling instance that holds their connection
 */
record Presence(Participant participant, InstanceId instance) {

    Presence with(Participant changed) {
        return new Presence(changed, instance);
    }
}
