package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may happen in a room. Each rule gives the events that a command leads to, and nothing else: the room changes when
 * the events are applied.
 *
 * @param room as it is
 * @param at when the command was sent
 */
record RoomRules(Room room, Instant at) {

    /** Up to so many people see each other by name; in a larger room they see the presenters and a count. */
    static final int ROSTER_LIMIT = 200;

    Decision<RoomEvent> decide(RoomCommand command) {
        return switch (command) {
            case RoomCommand.Join join -> join(join);
            case RoomCommand.Leave leave -> leave(leave);
            case RoomCommand.Rename rename -> rename(rename);
            case RoomCommand.StartStream start -> startStream(start);
            case RoomCommand.StopStream stop -> stopStream(stop);
        };
    }

    /**
     * A join opens the room if nobody is there. Joining again is harmless: the room is described once more. If the
     * connection is held by another instance than before, everybody is told who holds it now: otherwise the former
     * instance's death would throw out somebody who is well.
     */
    private Decision<RoomEvent> join(RoomCommand.Join join) {
        var already = room.participants().get(join.participant());
        if (already == null) {
            return enter(join);
        }
        if (already.instance().equals(join.instance())) {
            return Decision.of(describedTo(join.participant(), room));
        }
        return Decision.of(
                new RoomEvent.ParticipantJoined(already.participant(), join.instance(), room.audience()),
                describedTo(join.participant(), room));
    }

    private Decision<RoomEvent> enter(RoomCommand.Join join) {
        var events = new ArrayList<RoomEvent>(3);
        if (room.isClosed()) {
            events.add(new RoomEvent.RoomOpened(titleOf(join)));
        }
        var newcomer = new Participant(join.participant(), join.name(), join.role());
        events.add(new RoomEvent.ParticipantJoined(newcomer, join.instance(), room.audience() + 1));
        events.add(describedTo(join.participant(), after(events)));
        return new Decision<>(events);
    }

    private Room after(List<RoomEvent> events) {
        var next = room;
        for (var event : events) {
            next = next.evolve(event, at);
        }
        return next;
    }

    private String titleOf(RoomCommand.Join join) {
        var title = join.title();
        return title == null || title.isBlank() ? room.id().value() : title.strip();
    }

    private static RoomEvent.RoomDescribed describedTo(ParticipantId participant, Room room) {
        var title =
                room.running().map(Lifecycle.Running::title).orElse(room.id().value());
        var streams = List.copyOf(room.streams().values());
        return new RoomEvent.RoomDescribed(participant, title, roster(room), streams, room.audience());
    }

    private static List<Participant> roster(Room room) {
        return room.audience() <= ROSTER_LIMIT
                ? room.participants().values().stream()
                        .map(Presence::participant)
                        .toList()
                : room.presenters();
    }

    /** Whoever leaves ends what they publish; the last one closes the room. */
    private Decision<RoomEvent> leave(RoomCommand.Leave leave) {
        var who = leave.participant();
        if (!room.participants().containsKey(who)) {
            return notHere(who);
        }
        var events = new ArrayList<RoomEvent>();
        for (var stream : room.streams().values()) {
            if (stream.participant().equals(who)) {
                events.add(new RoomEvent.StreamStopped(stream.id(), who, StopReason.PRESENTER_LEFT));
            }
        }
        events.add(new RoomEvent.ParticipantLeft(who, leave.reason(), room.audience() - 1));
        if (room.audience() == 1) {
            events.add(new RoomEvent.RoomClosed());
        }
        return new Decision<>(events);
    }

    private Decision<RoomEvent> rename(RoomCommand.Rename rename) {
        return room.participants().containsKey(rename.participant())
                ? Decision.of(new RoomEvent.ParticipantRenamed(rename.participant(), rename.name()))
                : notHere(rename.participant());
    }

    /** A stream id belongs to whoever uses it first. A new source under the same id replaces the former one. */
    private Decision<RoomEvent> startStream(RoomCommand.StartStream start) {
        var who = start.participant();
        var presence = room.participants().get(who);
        if (presence == null) {
            return notHere(who);
        }
        var former = room.streams().get(start.stream());
        if (former != null && !former.participant().equals(who)) {
            return refused(ErrorCode.STREAM_TAKEN, "somebody else publishes the stream " + start.stream());
        }
        var stream = new Stream(start.stream(), who, start.kind(), start.source());
        var events = new ArrayList<RoomEvent>(3);
        if (former != null && !former.equals(stream)) {
            events.add(new RoomEvent.StreamStopped(former.id(), who, StopReason.UNPUBLISHED));
        }
        events.add(new RoomEvent.StreamStarted(stream, presence.participant().name()));
        if (room.lifecycle() instanceof Lifecycle.Open) {
            events.add(new RoomEvent.RoomWentLive());
        }
        return new Decision<>(events);
    }

    private Decision<RoomEvent> stopStream(RoomCommand.StopStream stop) {
        return isOf(room.streams().get(stop.stream()), stop.participant())
                ? Decision.of(new RoomEvent.StreamStopped(stop.stream(), stop.participant(), stop.reason()))
                : refused(ErrorCode.UNKNOWN_STREAM, "you do not publish a stream " + stop.stream());
    }

    private static boolean isOf(@Nullable Stream stream, ParticipantId who) {
        return stream != null && stream.participant().equals(who);
    }

    private Decision<RoomEvent> notHere(ParticipantId who) {
        return refused(ErrorCode.NOT_FOUND, "participant " + who + " is not in the room " + room.id());
    }

    private static Decision<RoomEvent> refused(ErrorCode code, String message) {
        return Decision.of(new RoomEvent.CommandRefused(code.wire(), message));
    }
}
