package dev.grandstand.room;

import dev.grandstand.protocol.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a presence: one of {@code instance} and {@code since}.
 *
 * @param instance who holds the connection, if they are connected
 * @param since when they were disconnected, if they are not
 */
record StoredPresence(
        Guest guest,
        Link link,
        @Nullable InstanceId instance,
        @Nullable Instant since) {

    static StoredPresence of(Presence presence) {
        return switch (presence) {
            case Presence.Connected here -> new StoredPresence(here.guest(), here.link(), here.instance(), null);
            case Presence.Disconnected gone -> new StoredPresence(gone.guest(), gone.link(), null, gone.since());
        };
    }

    Presence presence() {
        if (instance != null) {
            return new Presence.Connected(guest, link, instance);
        }
        if (since != null) {
            return new Presence.Disconnected(guest, link, since);
        }
        throw new IllegalStateException("participant " + guest.id() + " is neither connected nor disconnected");
    }
}
