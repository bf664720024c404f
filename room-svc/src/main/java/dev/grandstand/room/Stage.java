package dev.grandstand.room;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Everything that is published in a room, and who publishes.
 *
 * @param streams by id
 * @param presenters whose they are
 */
record Stage(PSortedMap<StreamId, Stream> streams, PSortedMap<ParticipantId, PSortedSet<StreamId>> presenters) {

    private static final Comparator<StreamId> BY_ID = Comparator.comparing(StreamId::value);

    static final Stage EMPTY = new Stage(TreePMap.empty(BY_ID), TreePMap.empty(People.BY_ID));

    boolean isEmpty() {
        return streams.isEmpty();
    }

    Optional<Stream> find(StreamId stream) {
        return Optional.ofNullable(streams.get(stream));
    }

    /** In the order of their ids. */
    List<Stream> of(ParticipantId presenter) {
        return idsOf(presenter).stream().flatMap(id -> find(id).stream()).toList();
    }

    Stage with(Stream stream) {
        var who = stream.participant();
        return new Stage(
                streams.plus(stream.id(), stream),
                presenters.plus(who, idsOf(who).plus(stream.id())));
    }

    Stage without(StreamId stream) {
        var gone = streams.get(stream);
        if (gone == null) {
            return this;
        }
        var who = gone.participant();
        var left = idsOf(who).minus(stream);
        return new Stage(streams.minus(stream), left.isEmpty() ? presenters.minus(who) : presenters.plus(who, left));
    }

    private PSortedSet<StreamId> idsOf(ParticipantId presenter) {
        return presenters.getOrDefault(presenter, TreePSet.empty(BY_ID));
    }
}
