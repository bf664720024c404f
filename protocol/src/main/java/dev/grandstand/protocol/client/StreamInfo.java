package dev.grandstand.protocol.client;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;

/**
 * A stream as clients see it.
 *
 * @param id which
 * @param participant who publishes it
 * @param name what they call themselves
 * @param kind what it shows
 */
public record StreamInfo(StreamId id, ParticipantId participant, DisplayName name, StreamKind kind) {}
