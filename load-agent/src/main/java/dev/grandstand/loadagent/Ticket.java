package dev.grandstand.loadagent;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How somebody enters a room.
 *
 * @param url of the signaling endpoint, {@code ws://host:port/ws}
 * @param token that lets them in where one is asked for
 */
public record Ticket(
        URI url, RoomId room, DisplayName name, @Nullable String token) {}
