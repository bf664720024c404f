package dev.grandstand.room;

import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.Silenced;
import dev.grandstand.protocol.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a room, whether connected or not.
 *
 * @param participant as everybody sees them
 * @param grants what they may do without an invitation
 * @param key by what a ban knows them again
 * @param invited whether they hold a place on the stage
 * @param handRaisedAt since when they wait to be invited; null if they do not
 * @param chatMuted whether a moderator muted what they write
 * @param microphoneMuted whether a moderator muted what they say
 */
record Guest(
        Participant participant,
        Grants grants,
        @Nullable ClientKey key,
        boolean invited,
        @Nullable Instant handRaisedAt,
        boolean chatMuted,
        boolean microphoneMuted) {

    static Guest arriving(Participant participant, Grants grants, @Nullable ClientKey key) {
        return new Guest(participant, grants, key, false, null, false, false);
    }

    ParticipantId id() {
        return participant.id();
    }

    /** As somebody is shown them who was not there when they were silenced. */
    Participant seen() {
        return chatMuted || microphoneMuted ? participant.with(new Silenced(chatMuted, microphoneMuted)) : participant;
    }

    boolean mayPublish() {
        return grants.publish() || invited;
    }

    boolean moderates() {
        return grants.moderate();
    }

    Standing standing() {
        return new Standing(
                mayPublish(),
                grants.chat() && !chatMuted,
                grants.moderate(),
                handRaisedAt != null,
                invited,
                microphoneMuted);
    }

    Guest with(Participant changed) {
        return new Guest(changed, grants, key, invited, handRaisedAt, chatMuted, microphoneMuted);
    }

    Guest presenting() {
        return as(Role.PRESENTER);
    }

    /** Whoever raises the hand again waits no longer for it. */
    Guest raisingHand(Instant at) {
        return handRaisedAt == null
                ? new Guest(participant, grants, key, invited, at, chatMuted, microphoneMuted)
                : this;
    }

    Guest loweringHand() {
        return new Guest(participant, grants, key, invited, null, chatMuted, microphoneMuted);
    }

    Guest invite() {
        return new Guest(participant, grants, key, true, null, chatMuted, microphoneMuted).presenting();
    }

    Guest stepDown(boolean mayReturn) {
        var left = mayReturn ? grants : grants.withoutPublishing();
        return new Guest(participant, left, key, false, handRaisedAt, chatMuted, microphoneMuted).as(Role.VIEWER);
    }

    /** Letting somebody speak again whom no grant ever let is letting them speak. */
    Guest muted(Mutable what, boolean muted) {
        return switch (what) {
            case CHAT -> {
                var speaking = muted ? grants : grants.chatting();
                yield new Guest(participant, speaking, key, invited, handRaisedAt, muted, microphoneMuted);
            }
            case MICROPHONE -> new Guest(participant, grants, key, invited, handRaisedAt, chatMuted, muted);
        };
    }

    /** A moderator is one on the stage and off it. */
    private Guest as(Role role) {
        return participant.role() == Role.MODERATOR ? this : with(participant.as(role));
    }
}
