package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The state of one room, immutable: the fold of its events. Both maps are sorted by id, so that what is decided from them
 * (a roster, the order in which streams stop) is the same after a restart and in a replay.
 *
 * @param id which room
 * @param lifecycle how far it is
 * @param participants everybody who is in it
 * @param streams everything that is published, each by one of the participants
 */
record Room(
        RoomId id,
        Lifecycle lifecycle,
        PSortedMap<ParticipantId, Presence> participants,
        PSortedMap<StreamId, Stream> streams) {

    private static final Comparator<ParticipantId> BY_ID = Comparator.comparing(ParticipantId::value);

    /** A room that is not there. */
    static Room closed(RoomId id) {
        return new Room(
                id,
                new Lifecycle.Closed(),
                TreePMap.empty(BY_ID),
                TreePMap.empty(Comparator.comparing(StreamId::value)));
    }

    /** What the command leads to here; see {@link RoomRules}. */
    Decision<RoomEvent> decide(CommandRecord<RoomCommand> command) {
        return new RoomRules(this, command.at()).decide(command.command());
    }

    /**
     * The room after the event. {@code RoomDescribed} and {@code CommandRefused} tell somebody something and change
     * nothing.
     *
     * @param at when it happened
     * @throws IllegalStateException if {@link #decide} cannot have led to the event here
     */
    Room evolve(RoomEvent event, Instant at) {
        return switch (event) {
            case RoomEvent.RoomOpened opened -> opened(opened.title(), at);
            case RoomEvent.RoomWentLive live -> wentLive();
            case RoomEvent.RoomClosed closed -> closed(id);
            case RoomEvent.ParticipantJoined joined -> with(new Presence(joined.participant(), joined.instance()));
            case RoomEvent.ParticipantLeft left -> withParticipants(participants.minus(left.participant()));
            case RoomEvent.ParticipantRenamed renamed -> {
                var presence = present(renamed.participant());
                yield with(presence.with(presence.participant().renamed(renamed.name())));
            }
            case RoomEvent.StreamStarted started -> streamStarted(started.stream());
            case RoomEvent.StreamStopped stopped -> withStreams(streams.minus(stopped.stream()));
            case RoomEvent.RoomDescribed described -> this;
            case RoomEvent.CommandRefused refused -> this;
        };
    }

    /** How many are in the room. */
    int audience() {
        return participants.size();
    }

    /** Those who publish, each once, in the order of their ids. */
    List<Participant> presenters() {
        return streams.values().stream()
                .map(Stream::participant)
                .distinct()
                .sorted(BY_ID)
                .map(who -> present(who).participant())
                .toList();
    }

    /** The part of the lifecycle that has a title; nothing if the room is closed. */
    Optional<Lifecycle.Running> running() {
        return switch (lifecycle) {
            case Lifecycle.Closed closed -> Optional.empty();
            case Lifecycle.Running running -> Optional.of(running);
        };
    }

    boolean isClosed() {
        return running().isEmpty();
    }

    private Room opened(String title, Instant at) {
        return switch (lifecycle) {
            case Lifecycle.Closed closed -> with(closed.open(title, at));
            case Lifecycle.Running running -> throw impossible("it opened");
        };
    }

    private Room wentLive() {
        return switch (lifecycle) {
            case Lifecycle.Open open -> with(open.goLive());
            case Lifecycle.Live live -> throw impossible("it went live");
            case Lifecycle.Closed closed -> throw impossible("it went live");
        };
    }

    private Room streamStarted(Stream stream) {
        var presence = present(stream.participant());
        return with(presence.with(presence.participant().as(Role.PRESENTER)))
                .withStreams(streams.plus(stream.id(), stream));
    }

    private Presence present(ParticipantId who) {
        var presence = participants.get(who);
        if (presence == null) {
            throw impossible("one of " + who);
        }
        return presence;
    }

    private IllegalStateException impossible(String what) {
        return new IllegalStateException("room " + id + " is " + lifecycle + " and cannot have the event: " + what);
    }

    private Room with(Lifecycle next) {
        return new Room(id, next, participants, streams);
    }

    private Room with(Presence presence) {
        return withParticipants(participants.plus(presence.participant().id(), presence));
    }

    private Room withParticipants(PSortedMap<ParticipantId, Presence> next) {
        return new Room(id, lifecycle, next, streams);
    }

    private Room withStreams(PSortedMap<StreamId, Stream> next) {
        return new Room(id, lifecycle, participants, next);
    }
}
