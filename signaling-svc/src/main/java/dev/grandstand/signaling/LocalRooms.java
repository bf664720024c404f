package dev.grandstand.signaling;

import dev.grandstand.protocol.RoomId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that one event loop follows: those that its sessions are in, and for {@value #LINGER_SECONDS} seconds more those that
 * the last of them has left. Whoever comes in meanwhile is told of a room's chat without asking chat-svc: where people come and go
 * one at a time, a quarter of those who come in had to ask. A room that closes is forgotten at once, for what is told
 * of it next is told of another.
 */
final class LocalRooms {

    static final int LINGER_SECONDS = 30;

    /** So many empty ones are followed at most, those that were left last; each keeps up to 100 messages. */
    static final int MOST_EMPTY = 500;

    private final Map<RoomId, LocalRoom> rooms = new HashMap<>();
    /** The second in which each was left, in that order. */
    private final LinkedHashMap<RoomId, Long> empty = new LinkedHashMap<>();

    private long second;

    @Nullable
    LocalRoom get(RoomId room) {
        return rooms.get(room);
    }

    boolean has(RoomId room) {
        return rooms.containsKey(room);
    }

    Collection<LocalRoom> all() {
        return rooms.values();
    }

    /** What newcomers are told of a room's chat, if that is known here. */
    Optional<RecentChat> recentChat(RoomId room) {
        return Optional.ofNullable(rooms.get(room))
                .flatMap(local -> local.chat().recent());
    }

    /** The room that somebody is about to enter. */
    LocalRoom open(RoomId room, Function<RoomId, LocalRoom> unknown) {
        empty.remove(room);
        return rooms.computeIfAbsent(room, unknown);
    }

    /** Nobody is in it any more. */
    void emptied(RoomId room) {
        if (rooms.containsKey(room)) {
            empty.putLast(room, second);
            if (empty.size() > MOST_EMPTY) {
                forget(empty.firstEntry().getKey());
            }
        }
    }

    void forget(RoomId room) {
        empty.remove(room);
        rooms.remove(room);
    }

    /** To be called once a second. */
    void tick() {
        second++;
        while (!empty.isEmpty() && empty.firstEntry().getValue() <= second - LINGER_SECONDS) {
            forget(empty.firstEntry().getKey());
        }
    }
}
