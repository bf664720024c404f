package dev.grandstand.room;

import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.ParticipantId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * Who may not enter for the room's life.
 *
 * @param participants each of them as who they were
 * @param keys by what they are known again as somebody new
 */
record Bans(PSortedSet<ParticipantId> participants, PSortedSet<ClientKey> keys) {

    static final Bans NONE =
            new Bans(TreePSet.empty(People.BY_ID), TreePSet.empty(Comparator.comparing(ClientKey::value)));

    boolean hold(ParticipantId participant, @Nullable ClientKey key) {
        return participants.contains(participant) || (key != null && keys.contains(key));
    }

    Bans with(ParticipantId participant, @Nullable ClientKey key) {
        return new Bans(participants.plus(participant), key == null ? keys : keys.plus(key));
    }
}
