package dev.grandstand.allocator;

import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where streams come from, as far as their rooms have said. Requests for streams come over another topic, and so may name
 * a source that a stream has left already, or one that it has come to of which the room has not been heard yet.
 */
final class StreamSources {

    private final Map<RoomId, Map<StreamId, Source>> rooms = new HashMap<>();

    private record Source(MediaLocation now, Set<MediaLocation> former) {}

    void started(RoomId room, StreamId stream, MediaLocation source) {
        rooms.computeIfAbsent(room, first -> new HashMap<>()).put(stream, new Source(source, Set.of()));
    }

    void moved(RoomId room, StreamId stream, MediaLocation from, MediaLocation to) {
        var former = new HashSet<>(find(room, stream).map(Source::former).orElse(Set.of()));
        former.add(from);
        former.remove(to);
        rooms.computeIfAbsent(room, first -> new HashMap<>()).put(stream, new Source(to, Set.copyOf(former)));
    }

    /** Where it came from last, if that is known. */
    Optional<MediaLocation> stopped(RoomId room, StreamId stream) {
        var last = now(room, stream);
        rooms.computeIfPresent(room, (id, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
        return last;
    }

    void forget(RoomId room) {
        rooms.remove(room);
    }

    /** Where a stream comes from, if that is known. */
    Optional<MediaLocation> now(RoomId room, StreamId stream) {
        return find(room, stream).map(Source::now);
    }

    /** What is meant by whoever asks for a stream from there: if it has left that, where it is now. */
    MediaLocation meant(RoomId room, StreamId stream, MediaLocation asked) {
        return find(room, stream)
                .filter(source -> source.former().contains(asked))
                .map(Source::now)
                .orElse(asked);
    }

    private Optional<Source> find(RoomId room, StreamId stream) {
        return Optional.ofNullable(rooms.getOrDefault(room, Map.of()).get(stream));
    }
}
