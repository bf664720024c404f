package dev.grandstand.room;

import dev.grandstand.eventlog.streams.StateParts;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room as it is stored: {@code meta}, {@code p|<participant>} for each participant, {@code s|<stream>} for each stream,
 * {@code b|<participant>} and {@code k|<key>} for each ban.
 */
final class RoomParts implements StateParts<RoomEvent, Room> {

    private static final String META = "meta";
    private static final String PARTICIPANT = "p|";
    private static final String STREAM = "s|";
    private static final String BANNED = "b|";
    private static final String BANNED_KEY = "k|";

    /** What is stored of a lifecycle; what was stored before rooms had a codec is VP8. */
    record Meta(String title, @Nullable VideoCodec video, Instant openedAt, boolean live, boolean locked) {

        static Meta of(Lifecycle.Running running) {
            return new Meta(
                    running.title(),
                    running.video(),
                    running.openedAt(),
                    running instanceof Lifecycle.Live,
                    running.locked());
        }

        Lifecycle lifecycle() {
            var open = new Lifecycle.Closed()
                    .open(title, video == null ? VideoCodec.VP8 : video, openedAt)
                    .lock(locked);
            return live ? open.goLive() : open;
        }
    }

    @Override
    public Set<String> touched(Room before, EventRecord<RoomEvent> record) {
        return switch (record.event()) {
            case RoomEvent.RoomOpened opened -> Set.of(META);
            case RoomEvent.RoomWentLive live -> Set.of(META);
            case RoomEvent.RoomLocked locked -> Set.of(META);
            case RoomEvent.RoomClosed closed -> all(before);
            case RoomEvent.ParticipantJoined joined ->
                Set.of(PARTICIPANT + joined.participant().id());
            case RoomEvent.ParticipantDisconnected gone -> Set.of(PARTICIPANT + gone.participant());
            case RoomEvent.ParticipantResumed back -> Set.of(PARTICIPANT + back.participant());
            case RoomEvent.ParticipantLeft left -> Set.of(PARTICIPANT + left.participant());
            case RoomEvent.ParticipantBanned banned -> ban(banned.participant(), banned.key());
            case RoomEvent.ParticipantRenamed renamed -> Set.of(PARTICIPANT + renamed.participant());
            case RoomEvent.ParticipantMuted muted -> Set.of(PARTICIPANT + muted.participant());
            case RoomEvent.HandRaised raised ->
                Set.of(PARTICIPANT + raised.participant().id());
            case RoomEvent.HandLowered lowered -> Set.of(PARTICIPANT + lowered.participant());
            case RoomEvent.ParticipantInvited invited ->
                Set.of(PARTICIPANT + invited.participant().id());
            case RoomEvent.ParticipantSteppedDown down -> Set.of(PARTICIPANT + down.participant());
            case RoomEvent.StreamStarted started ->
                Set.of(
                        STREAM + started.stream().id(),
                        PARTICIPANT + started.stream().participant());
            case RoomEvent.StreamMoved moved -> Set.of(STREAM + moved.stream());
            case RoomEvent.StreamStopped stopped -> Set.of(STREAM + stopped.stream());
            case RoomEvent.StreamMuted muted -> Set.of(STREAM + muted.stream());
            case RoomEvent.RoomDescribed described -> Set.of();
            case RoomEvent.PeopleListed listed -> Set.of();
            case RoomEvent.Announced announced -> Set.of();
            case RoomEvent.CommandRefused refused -> Set.of();
        };
    }

    private static Set<String> ban(ParticipantId participant, @Nullable ClientKey key) {
        return key == null ? Set.of(BANNED + participant) : Set.of(BANNED + participant, BANNED_KEY + key.value());
    }

    /** A room that closes with people inside is the one thing that costs as much as it has people: each entry goes. */
    private static Set<String> all(Room room) {
        var all = new HashSet<String>();
        all.add(META);
        room.people().all().keySet().forEach(who -> all.add(PARTICIPANT + who));
        room.stage().streams().keySet().forEach(stream -> all.add(STREAM + stream));
        room.bans().participants().forEach(who -> all.add(BANNED + who));
        room.bans().keys().forEach(key -> all.add(BANNED_KEY + key.value()));
        return all;
    }

    @Override
    public byte @Nullable [] encode(Room room, String part) {
        var value =
                switch (part.substring(0, Math.min(2, part.length()))) {
                    case PARTICIPANT ->
                        room.people()
                                .find(new ParticipantId(part.substring(2)))
                                .map(StoredPresence::of)
                                .orElse(null);
                    case STREAM ->
                        room.stage().find(new StreamId(part.substring(2))).orElse(null);
                    case BANNED -> present(room.bans().participants(), new ParticipantId(part.substring(2)));
                    case BANNED_KEY -> present(room.bans().keys(), new ClientKey(part.substring(2)));
                    default -> room.running().map(Meta::of).orElse(null);
                };
        return value == null ? null : Json.encode(value);
    }

    private static <T> @Nullable T present(Set<T> set, T element) {
        return set.contains(element) ? element : null;
    }

    @Override
    public Room restore(RoomId id, Map<String, byte[]> parts) throws BadJson {
        var room = Room.closed(id);
        var lifecycle = room.lifecycle();
        var people = room.people();
        var stage = room.stage();
        var participants = room.bans().participants();
        var keys = room.bans().keys();
        for (var part : parts.entrySet()) {
            var value = part.getValue();
            switch (part.getKey().substring(0, 2)) {
                case PARTICIPANT ->
                    people =
                            people.with(Json.decode(value, StoredPresence.class).presence());
                case STREAM -> stage = stage.with(Json.decode(value, Stream.class));
                case BANNED -> participants = participants.plus(Json.decode(value, ParticipantId.class));
                case BANNED_KEY -> keys = keys.plus(Json.decode(value, ClientKey.class));
                default -> lifecycle = Json.decode(value, Meta.class).lifecycle();
            }
        }
        return new Room(id, lifecycle, people, stage, new Bans(participants, keys));
    }
}
