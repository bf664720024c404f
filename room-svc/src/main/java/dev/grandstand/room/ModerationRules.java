package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CloseReason;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeping order. Moderators do, and operators, who have power over moderators, too; moderators have none over each other
 * or, but for invitations, over themselves.
 */
record ModerationRules(Room room, Limits limits) {

    Decision<RoomEvent> decide(RoomCommand.Moderation command) {
        return whyNot(command.by()).orElseGet(() -> switch (command) {
            case RoomCommand.Invite invite -> anybody(invite.participant(), this::invite);
            case RoomCommand.TakeDown down -> other(down.by(), down.participant(), this::takeDown);
            case RoomCommand.Mute mute -> other(mute.by(), mute.participant(), guest -> mute(mute));
            case RoomCommand.Kick kick ->
                other(
                        kick.by(),
                        kick.participant(),
                        guest -> new Decision<>(Departure.of(room, guest.id(), LeaveReason.KICKED)));
            case RoomCommand.Ban ban -> other(ban.by(), ban.participant(), this::ban);
            case RoomCommand.Lock lock -> Decision.of(new RoomEvent.RoomLocked(lock.locked()));
            case RoomCommand.CloseRoom close -> Decision.of(new RoomEvent.RoomClosed(CloseReason.CLOSED));
            case RoomCommand.Announce announce -> Decision.of(new RoomEvent.Announced(announce.text()));
        });
    }

    private Optional<Decision<RoomEvent>> whyNot(@Nullable ParticipantId by) {
        if (room.isClosed()) {
            return Optional.of(Refused.noSuchRoom(room));
        }
        if (by == null) {
            return Optional.empty();
        }
        var moderator = room.people().find(by);
        if (moderator.isEmpty()) {
            return Optional.of(Refused.notHere(room, by));
        }
        return moderator.get().guest().moderates()
                ? Optional.empty()
                : Optional.of(Refused.because(ErrorCode.FORBIDDEN, "only a moderator may do this"));
    }

    private Decision<RoomEvent> anybody(ParticipantId whom, Function<Guest, Decision<RoomEvent>> rule) {
        return room.people().find(whom).map(Presence::guest).map(rule).orElseGet(() -> Refused.notHere(room, whom));
    }

    private Decision<RoomEvent> other(
            @Nullable ParticipantId by, ParticipantId whom, Function<Guest, Decision<RoomEvent>> rule) {
        if (whom.equals(by)) {
            return Refused.because(ErrorCode.REFUSED, "this would be about yourself");
        }
        return anybody(
                whom,
                guest -> by != null && guest.moderates()
                        ? Refused.because(ErrorCode.FORBIDDEN, "moderators have no power over each other")
                        : rule.apply(guest));
    }

    /** An invitation holds a place, so that nobody who is invited finds the stage full. */
    private Decision<RoomEvent> invite(Guest guest) {
        return room.isOnStage(guest.id()) || room.onStage() < limits.presenters()
                ? Decision.of(new RoomEvent.ParticipantInvited(guest.invite().participant()))
                : StageRules.stageFull();
    }

    /** Also of use against somebody who is not on the stage yet, but might be any moment. */
    private Decision<RoomEvent> takeDown(Guest guest) {
        return guest.mayPublish() || room.isOnStage(guest.id())
                ? new Decision<>(Departure.fromStage(room, guest.id(), false))
                : Refused.because(ErrorCode.REFUSED, "they are not on the stage, nor may they go there");
    }

    /** What they publish is silent at once; speaking again is theirs to do, for no server opens a microphone. */
    private Decision<RoomEvent> mute(RoomCommand.Mute mute) {
        var whom = mute.participant();
        var events = new ArrayList<RoomEvent>();
        events.add(new RoomEvent.ParticipantMuted(whom, mute.what(), mute.muted()));
        if (mute.what() == Mutable.MICROPHONE && mute.muted()) {
            for (var stream : room.stage().of(whom)) {
                if (!stream.muted().audio()) {
                    events.add(new RoomEvent.StreamMuted(
                            stream.id(), new Stream.Muted(true, stream.muted().video())));
                }
            }
        }
        return new Decision<>(events);
    }

    private Decision<RoomEvent> ban(Guest guest) {
        if (room.bans().participants().size() >= limits.bans()) {
            return Refused.because(
                    ErrorCode.REFUSED, "the room has as many bans as it takes (" + limits.bans() + "); lock it");
        }
        var events = new ArrayList<RoomEvent>();
        events.add(new RoomEvent.ParticipantBanned(guest.id(), guest.key()));
        events.addAll(Departure.of(room, guest.id(), LeaveReason.BANNED));
        return new Decision<>(events);
    }
}
