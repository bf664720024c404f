package dev.grandstand.allocator;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A show as people write it down; each field is read before the whole is judged, so that a fault can be named. */
record Announcement(@Nullable ShowId id, RoomId room, Instant startsAt, Instant endsAt, int audience) {

    /** @throws BadValue if it is no announcement, with the fault in words */
    static Announcement parsed(byte[] json) {
        try {
            return Json.decode(json, Announcement.class);
        } catch (BadJson e) {
            throw new BadValue(String.valueOf(e.getMessage()));
        }
    }

    /** @throws BadValue if there cannot be such a show */
    ScheduledShow show(ShowId named) {
        if (id != null && !id.equals(named)) {
            throw new BadValue("the field id is " + id + ", but the show is called " + named);
        }
        return new ScheduledShow(named, room, startsAt, endsAt, audience);
    }

    /** @throws BadValue if there cannot be such a show, or it has no name */
    ScheduledShow show() {
        if (id == null) {
            throw new BadValue("the field id is missing");
        }
        return show(id);
    }
}
