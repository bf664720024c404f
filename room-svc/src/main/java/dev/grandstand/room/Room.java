package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The state of one room, immutable: the fold of its events. Whatever is done to it costs O(log n) in a room of n, but for
 * closing it with people inside.
 *
 * @param id which room
 * @param lifecycle how far it is
 * @param people everybody who is in it
 * @param stage everything that is published, each by one of them
 * @param bans who may not come in
 */
record Room(RoomId id, Lifecycle lifecycle, People people, Stage stage, Bans bans) {

    /** A room that is not there. */
    static Room closed(RoomId id) {
        return new Room(id, new Lifecycle.Closed(), People.NOBODY, Stage.EMPTY, Bans.NONE);
    }

    /** What the command leads to here; see {@link RoomRules}. */
    Decision<RoomEvent> decide(CommandRecord<RoomCommand> command, Limits limits) {
        return new RoomRules(this, limits, command.from(), command.at()).decide(command.command());
    }

    /**
     * The room after the event. {@code RoomDescribed}, {@code PeopleListed}, {@code Announced} and {@code CommandRefused} tell somebody
     * something and change nothing.
     *
     * @param at when it happened
     * @throws IllegalStateException if {@link #decide} cannot have led to the event here
     */
    Room evolve(RoomEvent event, Instant at) {
        return switch (event) {
            case RoomEvent.RoomOpened opened -> opened(opened, at);
            case RoomEvent.RoomWentLive live -> wentLive();
            case RoomEvent.RoomLocked locked -> locked(locked.locked());
            case RoomEvent.RoomClosed closed -> wasClosed();
            case RoomEvent.ParticipantJoined joined ->
                with(Presence.Connected.arriving(
                        Guest.arriving(joined.participant(), joined.grants(), joined.key()),
                        joined.connection(),
                        joined.instance()));
            case RoomEvent.ParticipantDisconnected gone ->
                changed(gone.participant(), presence -> disconnected(presence, at));
            case RoomEvent.ParticipantResumed back -> changed(back.participant(), presence -> presence.resume(back));
            case RoomEvent.ParticipantLeft left -> with(people.without(left.participant()));
            case RoomEvent.ParticipantBanned banned -> with(bans.with(banned.participant(), banned.key()));
            case RoomEvent.ParticipantRenamed renamed ->
                guest(renamed.participant(), who -> who.with(who.participant().renamed(renamed.name())));
            case RoomEvent.ParticipantMuted muted ->
                guest(muted.participant(), who -> who.muted(muted.what(), muted.muted()));
            case RoomEvent.HandRaised raised -> guest(raised.participant().id(), who -> who.raisingHand(at));
            case RoomEvent.HandLowered lowered -> guest(lowered.participant(), Guest::loweringHand);
            case RoomEvent.ParticipantInvited invited ->
                guest(invited.participant().id(), Guest::invite);
            case RoomEvent.ParticipantSteppedDown down ->
                guest(down.participant(), who -> who.stepDown(down.mayReturn()));
            case RoomEvent.StreamStarted started ->
                guest(started.stream().participant(), Guest::presenting).with(stage.with(started.stream()));
            case RoomEvent.StreamMoved moved -> moved(moved);
            case RoomEvent.StreamStopped stopped -> with(stage.without(stopped.stream()));
            case RoomEvent.StreamMuted muted -> muted(muted);
            case RoomEvent.RoomDescribed described -> this;
            case RoomEvent.PeopleListed listed -> this;
            case RoomEvent.Announced announced -> this;
            case RoomEvent.CommandRefused refused -> this;
        };
    }

    /** How many are in the room. */
    int audience() {
        return people.count();
    }

    /** Those who publish, each once, in the order of their ids. */
    List<Participant> presenters() {
        return stage.presenters().keySet().stream()
                .map(who -> people.present(who).guest().seen())
                .toList();
    }

    /** Whether they publish or are invited to. */
    boolean isOnStage(ParticipantId who) {
        return stage.presenters().containsKey(who) || people.invited().contains(who);
    }

    /** How many are on the stage; costs no more than that. */
    int onStage() {
        return people.invited().size()
                + (int) stage.presenters().keySet().stream()
                        .filter(who -> !people.invited().contains(who))
                        .count();
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

    boolean isLocked() {
        return running().filter(Lifecycle.Running::locked).isPresent();
    }

    private Room opened(RoomEvent.RoomOpened event, Instant at) {
        return switch (lifecycle) {
            case Lifecycle.Closed closed -> {
                var video = event.video();
                yield with(closed.open(event.title(), video == null ? VideoCodec.VP8 : video, at));
            }
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

    private Room locked(boolean locked) {
        return switch (lifecycle) {
            case Lifecycle.Running running -> with(running.lock(locked));
            case Lifecycle.Closed closed -> throw impossible("it was locked or unlocked");
        };
    }

    private Room wasClosed() {
        return switch (lifecycle) {
            case Lifecycle.Running running -> new Room(id, running.close(), People.NOBODY, Stage.EMPTY, Bans.NONE);
            case Lifecycle.Closed closed -> throw impossible("it closed");
        };
    }

    private Presence disconnected(Presence presence, Instant at) {
        return switch (presence) {
            case Presence.Connected connected -> connected.disconnect(at);
            case Presence.Disconnected gone -> throw impossible("a disconnection of " + gone.guest());
        };
    }

    private Room moved(RoomEvent.StreamMoved moved) {
        var stream = stage.find(moved.stream()).orElseThrow(() -> impossible("moving " + moved.stream()));
        return with(stage.with(stream.from(moved.source())));
    }

    private Room muted(RoomEvent.StreamMuted muted) {
        var stream = stage.find(muted.stream()).orElseThrow(() -> impossible("muting " + muted.stream()));
        return with(stage.with(stream.with(muted.muted())));
    }

    private Room guest(ParticipantId who, UnaryOperator<Guest> change) {
        return changed(who, presence -> presence.with(change.apply(presence.guest())));
    }

    private Room changed(ParticipantId who, Function<Presence, Presence> change) {
        return with(change.apply(people.find(who).orElseThrow(() -> impossible("one of " + who))));
    }

    private IllegalStateException impossible(String what) {
        return new IllegalStateException("room " + id + " is " + lifecycle + " and cannot have the event: " + what);
    }

    private Room with(Lifecycle next) {
        return new Room(id, next, people, stage, bans);
    }

    private Room with(Presence presence) {
        return with(people.with(presence));
    }

    private Room with(People next) {
        return new Room(id, lifecycle, next, stage, bans);
    }

    private Room with(Stage next) {
        return new Room(id, lifecycle, people, next, bans);
    }

    private Room with(Bans next) {
        return new Room(id, lifecycle, people, stage, next);
    }
}
