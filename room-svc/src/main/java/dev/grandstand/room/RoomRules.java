package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may happen in a room. Each rule gives the events that a command leads to, and nothing else: the room changes when
 * the events are applied. A refusal says why, by a code and in words.
 *
 * @param room as it is
 * @param limits how much it takes
 * @param sender the instance that the command comes from
 * @param at when the command was sent
 */
record RoomRules(Room room, Limits limits, InstanceId sender, Instant at) {

    Decision<RoomEvent> decide(RoomCommand command) {
        return isOvertaken(command) ? Refused.stale() : decideInTurn(command);
    }

    /**
     * Whether whoever wants it has come back at another instance since. The one before may have been paused with the
     * command in its hands, and what was done meanwhile must not be undone by it. About connections the command itself says
     * which one it means.
     */
    private boolean isOvertaken(RoomCommand command) {
        return switch (command) {
            case RoomCommand.Rename rename -> isElsewhere(rename.participant());
            case RoomCommand.Performance performance -> isElsewhere(performance.participant());
            case RoomCommand.Moderation moderation -> isElsewhere(moderation.by());
            case RoomCommand.Visit visit -> false;
        };
    }

    private boolean isElsewhere(@Nullable ParticipantId who) {
        return who != null
                && room.people().find(who).orElse(null) instanceof Presence.Connected here
                && !here.instance().equals(sender);
    }

    private Decision<RoomEvent> decideInTurn(RoomCommand command) {
        return switch (command) {
            case RoomCommand.Visit visit -> new VisitRules(room, limits, at).decide(visit);
            case RoomCommand.Performance performance -> new StageRules(room, limits).decide(performance);
            case RoomCommand.Moderation moderation -> new ModerationRules(room, limits).decide(moderation);
        };
    }
}
