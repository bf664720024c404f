package dev.grandstand.protocol.scaling;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.ShowId;
import java.time.Instant;

/**
 * A show that was announced, so that nodes are ready before its audience comes.
 *
 * @param id names it; announcing the same id again replaces it
 * @param room where it will be
 * @param startsAt when its audience comes
 * @param endsAt when nobody is expected any more; after {@code startsAt}, and before the year 10000
 * @param audience how many people are expected at most, from 1 to {@value #MAX_AUDIENCE}
 */
public record ScheduledShow(ShowId id, RoomId room, Instant startsAt, Instant endsAt, int audience) {

    /** More than any fleet carries: a number above it is a slip of the pen. */
    public static final int MAX_AUDIENCE = 10_000_000;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** @throws BadValue if it ends before it starts, or the audience is out of range */
    public ScheduledShow {
        if (!endsAt.isAfter(startsAt)) {
            throw new BadValue("a show ends after it starts");
        }
        if (endsAt.isAfter(LATEST)) {
            throw new BadValue("a show ends before the year 10000");
        }
        if (audience < 1 || audience > MAX_AUDIENCE) {
            throw new BadValue("a show's audience is from 1 to " + MAX_AUDIENCE);
        }
    }
}
