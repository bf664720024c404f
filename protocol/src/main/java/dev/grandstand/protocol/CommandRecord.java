package dev.grandstand.protocol;

import java.time.Instant;

/**
 * A command as it stands in a topic: an intent, which may be refused.
 *
 * @param id comes back as the cause of every event that the command leads to
 * @param room whose command; the record's key
 * @param from the process that sent it, and that waits for the outcome
 * @param at when it was sent; the only clock that deciding knows, so that a replay decides the same
 * @param command what is wanted
 * @param <C> the family of commands
 */
public record CommandRecord<C>(CommandId id, RoomId room, InstanceId from, Instant at, C command) {}
