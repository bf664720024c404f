package dev.grandstand.eventlog.streams;

import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a command does to a room, worked out before any of it is done: so a command that the rules choke on leaves
 * nothing half done.
 *
 * @param room which
 * @param before its state
 * @param after its state then
 * @param events what happened
 * @param parts the touched parts by name; empty for a part that ended
 */
record Change<E, S>(RoomId room, S before, S after, List<EventRecord<E>> events, Map<String, Optional<byte[]>> parts) {}
