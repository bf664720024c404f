package dev.grandstand.room;

import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Everybody in a room, and the indexes by which some of them are found without looking at all of them: in a room of n,
 * each change costs O(log n). Sorted, so that what is decided from them is the same after a restart and in a replay.
 *
 * @param all by id
 * @param names for whoever searches
 * @param held who is connected to which instance
 * @param disconnected since when who is not
 * @param hands since when whose hand is up
 * @param invited who holds a place on the stage
 */
record People(
        PSortedMap<ParticipantId, Presence> all,
        NameIndex names,
        PMap<InstanceId, PSortedSet<ParticipantId>> held,
        PSortedSet<Moment> disconnected,
        PSortedSet<Moment> hands,
        PSortedSet<ParticipantId> invited) {

    static final Comparator<ParticipantId> BY_ID = Comparator.comparing(ParticipantId::value);

    static final People NOBODY = new People(
            TreePMap.empty(BY_ID),
            NameIndex.EMPTY,
            HashTreePMap.empty(),
            TreePSet.empty(),
            TreePSet.empty(),
            TreePSet.empty(BY_ID));

    int count() {
        return all.size();
    }

    Optional<Presence> find(ParticipantId who) {
        return Optional.ofNullable(all.get(who));
    }

    /** @throws IllegalStateException if they are not here */
    Presence present(ParticipantId who) {
        return find(who).orElseThrow(() -> new IllegalStateException("participant " + who + " is not here"));
    }

    List<Participant> everybody() {
        return all.values().stream().map(presence -> presence.guest().seen()).toList();
    }

    /** In this state, whether they were here in another one or not at all. */
    People with(Presence now) {
        var who = now.guest().id();
        return index(all.get(who), now).with(all.plus(who, now));
    }

    People without(ParticipantId who) {
        return index(all.get(who), null).with(all.minus(who));
    }

    private People with(PSortedMap<ParticipantId, Presence> now) {
        return new People(now, names, held, disconnected, hands, invited);
    }

    private People index(@Nullable Presence before, @Nullable Presence now) {
        return new People(
                all,
                names(before, now),
                held(holding(before), holding(now)),
                moments(disconnected, sinceDisconnected(before), sinceDisconnected(now)),
                moments(hands, sinceHandRaised(before), sinceHandRaised(now)),
                invited(before, now));
    }

    private NameIndex names(@Nullable Presence before, @Nullable Presence now) {
        if (before != null
                && now != null
                && before.guest()
                        .participant()
                        .name()
                        .equals(now.guest().participant().name())) {
            return names;
        }
        var without = before == null ? names : names.minus(before.guest().participant());
        return now == null ? without : without.plus(now.guest().participant());
    }

    /** Who is held by which instance. */
    private record Holding(InstanceId instance, ParticipantId who) {}

    private static @Nullable Holding holding(@Nullable Presence presence) {
        return presence instanceof Presence.Connected connected
                ? new Holding(connected.instance(), connected.guest().id())
                : null;
    }

    private PMap<InstanceId, PSortedSet<ParticipantId>> held(@Nullable Holding before, @Nullable Holding now) {
        var next = held;
        if (Objects.equals(before, now)) {
            return next;
        }
        if (before != null) {
            var fewer =
                    next.getOrDefault(before.instance(), TreePSet.empty(BY_ID)).minus(before.who());
            next = fewer.isEmpty() ? next.minus(before.instance()) : next.plus(before.instance(), fewer);
        }
        if (now != null) {
            var others = next.getOrDefault(now.instance(), TreePSet.empty(BY_ID));
            next = next.plus(now.instance(), others.plus(now.who()));
        }
        return next;
    }

    private static @Nullable Moment sinceDisconnected(@Nullable Presence presence) {
        return presence instanceof Presence.Disconnected gone
                ? new Moment(gone.since(), gone.guest().id())
                : null;
    }

    private static @Nullable Moment sinceHandRaised(@Nullable Presence presence) {
        Instant at = presence == null ? null : presence.guest().handRaisedAt();
        return presence == null || at == null
                ? null
                : new Moment(at, presence.guest().id());
    }

    private static PSortedSet<Moment> moments(PSortedSet<Moment> index, @Nullable Moment before, @Nullable Moment now) {
        if (Objects.equals(before, now)) {
            return index;
        }
        var without = before == null ? index : index.minus(before);
        return now == null ? without : without.plus(now);
    }

    private PSortedSet<ParticipantId> invited(@Nullable Presence before, @Nullable Presence now) {
        if (now != null && now.guest().invited()) {
            return invited.plus(now.guest().id());
        }
        return before != null && before.guest().invited()
                ? invited.minus(before.guest().id())
                : invited;
    }
}
