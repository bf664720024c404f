package dev.grandstand.allocator.fleet;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;

/**
 * Somebody in a room.
 *
 * @param room which
 * @param participant who
 */
public record Person(RoomId room, ParticipantId participant) {}
