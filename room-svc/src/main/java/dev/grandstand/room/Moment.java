package dev.grandstand.room;

import dev.grandstand.protocol.ParticipantId;
import java.time.Instant;
import java.util.Comparator;

/** When something began for somebody; sorts by time, so that whoever waits longest comes first. */
record Moment(Instant at, ParticipantId who) implements Comparable<Moment> {

    private static final Comparator<Moment> ORDER = Comparator.comparing(Moment::at)
            .thenComparing(moment -> moment.who().value());

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }
}
