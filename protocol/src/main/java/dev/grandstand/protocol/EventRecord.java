package dev.grandstand.protocol;

import java.time.Instant;

/**
 * An event as it stands in a topic: a fact, never refused.
 *
 * @param room whose event; the record's key
 * @param cause the command that led to it
 * @param at that command's time
 * @param event what happened
 * @param <E> the family of events
 */
public record EventRecord<E>(RoomId room, CommandId cause, Instant at, E event) {}
