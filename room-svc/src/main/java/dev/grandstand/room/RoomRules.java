package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;

/**
 * What may happen in a room. Each rule gives the events that a command leads to, and nothing else: the room changes when
 * the events are applied. A refusal says why, by a code and in words.
 *
 * @param room as it is
 * @param limits how much it takes
 * @param at when the command was sent
 */
record RoomRules(Room room, Limits limits, Instant at) {

    Decision<RoomEvent> decide(RoomCommand command) {
        return switch (command) {
            case RoomCommand.Visit visit -> new VisitRules(room, at).decide(visit);
            case RoomCommand.Performance performance -> new StageRules(room, limits).decide(performance);
            case RoomCommand.Moderation moderation -> new ModerationRules(room, limits).decide(moderation);
        };
    }
}
