package dev.grandstand.protocol.client;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;

/**
 * A stream as clients see it.
 *
 * @param id which
 * @param participant who publishes it
 * @param name what they call themselves
 * @param kind what it shows
 * @param muted what of it is silent or dark
 */
public record StreamInfo(
        StreamId id, ParticipantId participant, DisplayName name, StreamKind kind, Stream.Muted muted) {}
