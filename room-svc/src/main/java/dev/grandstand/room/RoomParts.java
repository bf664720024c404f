package dev.grandstand.room;

import dev.grandstand.eventlog.streams.StateParts;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A room as it is stored: {@code meta}, {@code p|<participant>} for each participant, {@code s|<stream>} for each stream. */
final class RoomParts implements StateParts<RoomEvent, Room> {

    private static final String META = "meta";
    private static final String PARTICIPANT = "p|";
    private static final String STREAM = "s|";

    /** What is stored of a lifecycle. */
    record Meta(String title, Instant openedAt, boolean live) {

        static Meta of(Lifecycle.Running running) {
            return new Meta(running.title(), running.openedAt(), running instanceof Lifecycle.Live);
        }

        Lifecycle lifecycle() {
            var open = new Lifecycle.Closed().open(title, openedAt);
            return live ? open.goLive() : open;
        }
    }

    @Override
    public Set<String> touched(Room before, EventRecord<RoomEvent> record) {
        return switch (record.event()) {
            case RoomEvent.RoomOpened opened -> Set.of(META);
            case RoomEvent.RoomWentLive live -> Set.of(META);
            case RoomEvent.RoomClosed closed -> Set.of(META);
            case RoomEvent.ParticipantJoined joined ->
                Set.of(PARTICIPANT + joined.participant().id());
            case RoomEvent.ParticipantLeft left -> Set.of(PARTICIPANT + left.participant());
            case RoomEvent.ParticipantRenamed renamed -> Set.of(PARTICIPANT + renamed.participant());
            case RoomEvent.StreamStarted started ->
                Set.of(
                        STREAM + started.stream().id(),
                        PARTICIPANT + started.stream().participant());
            case RoomEvent.StreamStopped stopped -> Set.of(STREAM + stopped.stream());
            case RoomEvent.RoomDescribed described -> Set.of();
            case RoomEvent.CommandRefused refused -> Set.of();
        };
    }

    @Override
    public byte @Nullable [] encode(Room room, String part) {
        var value =
                switch (part.substring(0, Math.min(2, part.length()))) {
                    case PARTICIPANT -> room.participants().get(new ParticipantId(part.substring(2)));
                    case STREAM -> room.streams().get(new StreamId(part.substring(2)));
                    default -> room.running().map(Meta::of).orElse(null);
                };
        return value == null ? null : Json.encode(value);
    }

    @Override
    public Room restore(RoomId id, Map<String, byte[]> parts) throws BadJson {
        var room = Room.closed(id);
        var lifecycle = room.lifecycle();
        var participants = room.participants();
        var streams = room.streams();
        for (var part : parts.entrySet()) {
            if (part.getKey().startsWith(PARTICIPANT)) {
                var presence = Json.decode(part.getValue(), Presence.class);
                participants = participants.plus(presence.participant().id(), presence);
            } else if (part.getKey().startsWith(STREAM)) {
                var stream = Json.decode(part.getValue(), Stream.class);
                streams = streams.plus(stream.id(), stream);
            } else {
                lifecycle = Json.decode(part.getValue(), Meta.class).lifecycle();
            }
        }
        return new Room(id, lifecycle, participants, streams);
    }
}
