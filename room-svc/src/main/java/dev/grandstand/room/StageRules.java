package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stage: streams, and who may publish them. */
record StageRules(Room room, Limits limits) {

    Decision<RoomEvent> decide(RoomCommand.Performance command) {
        return switch (command) {
            case RoomCommand.StartStream start -> of(start.participant(), guest -> startStream(start, guest));
            case RoomCommand.MoveStream move ->
                ownStream(
                        move.participant(),
                        move.stream(),
                        move.from(),
                        stream -> Decision.of(new RoomEvent.StreamMoved(
                                stream.id(), stream.participant(), stream.source(), move.source())));
            case RoomCommand.StopStream stop ->
                ownStream(
                        stop.participant(),
                        stop.stream(),
                        stop.from(),
                        stream -> Decision.of(
                                new RoomEvent.StreamStopped(stop.stream(), stop.participant(), stop.reason())));
            case RoomCommand.MuteStream mute ->
                ownStream(mute.participant(), mute.stream(), stream -> muteStream(mute));
            case RoomCommand.RaiseHand raise -> of(raise.participant(), guest -> raiseHand(guest, raise.raised()));
            case RoomCommand.StepDown down -> of(down.participant(), this::stepDown);
        };
    }

    private Decision<RoomEvent> of(ParticipantId who, Function<Guest, Decision<RoomEvent>> rule) {
        return room.people().find(who).map(Presence::guest).map(rule).orElseGet(() -> Refused.notHere(room, who));
    }

    private Decision<RoomEvent> ownStream(
            ParticipantId who, StreamId stream, Function<Stream, Decision<RoomEvent>> rule) {
        return room.stage()
                .find(stream)
                .filter(found -> found.participant().equals(who))
                .map(rule)
                .orElseGet(() -> Refused.because(ErrorCode.UNKNOWN_STREAM, "you do not publish a stream " + stream));
    }

    /** What was said of a stream before it came to where it is now must not undo that. */
    private Decision<RoomEvent> ownStream(
            ParticipantId who,
            StreamId id,
            @Nullable Set<MediaLocation> from,
            Function<Stream, Decision<RoomEvent>> rule) {
        return ownStream(
                who,
                id,
                stream -> from == null || from.contains(stream.source())
                        ? rule.apply(stream)
                        : Refused.because(ErrorCode.STALE, "the stream " + id + " comes from elsewhere since"));
    }

    /** A stream id belongs to whoever uses it first. A new source under the same id replaces the former one. */
    private Decision<RoomEvent> startStream(RoomCommand.StartStream start, Guest guest) {
        var who = guest.id();
        var former = room.stage().find(start.stream());
        if (former.filter(stream -> !stream.participant().equals(who)).isPresent()) {
            return Refused.because(ErrorCode.STREAM_TAKEN, "somebody else publishes the stream " + start.stream());
        }
        if (!guest.mayPublish()) {
            return Refused.because(ErrorCode.NOT_INVITED, "you need an invitation to publish here: raise your hand");
        }
        if (!room.isOnStage(who) && room.onStage() >= limits.presenters()) {
            return stageFull();
        }
        if (former.isEmpty() && room.stage().of(who).size() >= limits.streamsEach()) {
            return Refused.because(ErrorCode.REFUSED, "a presenter has at most " + limits.streamsEach() + " streams");
        }
        return started(start, guest, former);
    }

    private Decision<RoomEvent> started(RoomCommand.StartStream start, Guest guest, Optional<Stream> former) {
        var fresh = new Stream(
                start.stream(),
                guest.id(),
                start.kind(),
                start.source(),
                new Stream.Muted(guest.microphoneMuted(), false));
        var same = former.filter(stream -> stream.with(fresh.muted()).equals(fresh));
        var events = new ArrayList<RoomEvent>(4);
        if (guest.handRaisedAt() != null) {
            events.add(new RoomEvent.HandLowered(guest.id()));
        }
        if (former.isPresent() && same.isEmpty()) {
            events.add(new RoomEvent.StreamStopped(start.stream(), guest.id(), StopReason.UNPUBLISHED));
        }
        events.add(new RoomEvent.StreamStarted(
                same.orElse(fresh), guest.participant().name()));
        if (room.lifecycle() instanceof Lifecycle.Open) {
            events.add(new RoomEvent.RoomWentLive());
        }
        return new Decision<>(events);
    }

    /** Whom a moderator muted stays so; whom nobody muted is their own master. */
    private Decision<RoomEvent> muteStream(RoomCommand.MuteStream mute) {
        var guest = room.people().present(mute.participant()).guest();
        return guest.microphoneMuted() && !mute.muted().audio()
                ? Refused.because(ErrorCode.MUTED, "a moderator muted your microphone")
                : Decision.of(new RoomEvent.StreamMuted(mute.stream(), mute.muted()));
    }

    private Decision<RoomEvent> raiseHand(Guest guest, boolean raised) {
        if (!raised) {
            return Decision.of(new RoomEvent.HandLowered(guest.id()));
        }
        return room.isOnStage(guest.id())
                ? Refused.because(ErrorCode.REFUSED, "you are on the stage already")
                : Decision.of(new RoomEvent.HandRaised(guest.participant()));
    }

    private Decision<RoomEvent> stepDown(Guest guest) {
        return room.isOnStage(guest.id())
                ? new Decision<>(
                        Departure.fromStage(room, guest.id(), guest.grants().publish()))
                : Refused.because(ErrorCode.REFUSED, "you are not on the stage");
    }

    static Decision<RoomEvent> stageFull() {
        return Refused.because(ErrorCode.STAGE_FULL, "the stage is full: somebody has to step down first");
    }
}
