package dev.grandstand.signaling;

import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.room.RoomCommand;
import java.util.HashSet;
import java.util.Set;

/**
 * A stream that is a session's own, as room-svc is told of it. What is said may arrive late, or be said again for a minute when
 * nobody knows whether it has arrived; so it names all that the stream may come from, and means nothing that it comes to later.
 */
final class Publication {

    private final Presence.Inside here;
    private final StreamId stream;
    private final Set<MediaLocation> sources = new HashSet<>();

    Publication(Presence.Inside here, StreamId stream) {
        this.here = here;
        this.stream = stream;
    }

    /** On air from there already. */
    Publication(Presence.Inside here, StreamId stream, MediaLocation source) {
        this(here, stream);
        sources.add(source);
    }

    Presence.Inside here() {
        return here;
    }

    RoomCommand.StartStream start(StreamKind kind, MediaLocation source) {
        sources.add(source);
        return new RoomCommand.StartStream(here.you().id(), stream, kind, source);
    }

    RoomCommand.MoveStream moveTo(MediaLocation source) {
        sources.remove(source);
        var from = Set.copyOf(sources);
        sources.add(source);
        return new RoomCommand.MoveStream(here.you().id(), stream, from, source);
    }

    RoomCommand.StopStream stop(StopReason reason) {
        return stop(Set.copyOf(sources), reason);
    }

    /** Ends it if it comes from there. */
    RoomCommand.StopStream stop(MediaLocation source, StopReason reason) {
        return stop(Set.of(source), reason);
    }

    private RoomCommand.StopStream stop(Set<MediaLocation> from, StopReason reason) {
        return new RoomCommand.StopStream(here.you().id(), stream, from, reason);
    }
}
