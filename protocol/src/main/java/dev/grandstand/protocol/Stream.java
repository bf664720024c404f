package dev.grandstand.protocol;

/**
 * Media that a presenter publishes into a room.
 *
 * @param id unique in the room
 * @param participant who publishes it
 * @param kind what it shows
 * @param source where its media is; never sent to clients
 */
public record Stream(StreamId id, ParticipantId participant, StreamKind kind, MediaLocation source) {}
