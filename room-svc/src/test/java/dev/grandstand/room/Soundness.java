package dev.grandstand.room;

import static dev.grandstand.room.RoomSimulationTest.must;

import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.List;
import java.util.Optional;

/** What holds of every room, whatever happened. Plain conditions, for it is checked a million times. */
final class Soundness {

    private Soundness() {}

    static void check(
            Room before, CommandRecord<RoomCommand> command, List<RoomEvent> events, Room after, Limits limits) {
        must(!events.isEmpty(), "every command has an outcome");
        if (events.getLast() instanceof RoomEvent.CommandRefused refused) {
            must(events.size() == 1 && after == before, "a refused command changes nothing");
            must(!refused.code().isBlank() && !refused.message().isBlank(), "a refusal says why");
        }
        must(after.isClosed() == (after.audience() == 0), "a room is open while people are in it");
        audienceTold(events).ifPresent(told -> must(told == after.audience(), "the audience told is the audience"));
        streams(after, limits);
        people(after, limits);
        transitions(before, events, after);
        must(after.bans().participants().size() <= limits.bans(), "bans are limited");
    }

    /** The entries that the store has of a room. */
    static int parts(Room room) {
        return (room.isClosed() ? 0 : 1)
                + room.audience()
                + room.stage().streams().size()
                + room.bans().participants().size()
                + room.bans().keys().size();
    }

    private static void streams(Room room, Limits limits) {
        var stage = room.stage();
        must(room.onStage() <= limits.presenters(), "the stage takes no more than its limit");
        must(stage.isEmpty() || room.lifecycle() instanceof Lifecycle.Live, "streams make a room live");
        var counted = 0;
        for (var each : stage.presenters().entrySet()) {
            counted += each.getValue().size();
            must(each.getValue().size() <= limits.streamsEach(), "a presenter's streams are limited");
            for (var id : each.getValue()) {
                must(stage.find(id).orElseThrow().participant().equals(each.getKey()), "the index of who publishes");
            }
        }
        must(counted == stage.streams().size(), "the index of who publishes is complete");
        for (var stream : stage.streams().values()) {
            var owner = room.people().find(stream.participant());
            must(owner.isPresent(), "streams belong to people in the room, connected or not");
            var guest = owner.orElseThrow().guest();
            must(guest.mayPublish(), "only who may publish does");
            must(!guest.microphoneMuted() || stream.muted().audio(), "who is muted is silent");
        }
    }

    private static void people(Room room, Limits limits) {
        var held = 0;
        for (var each : room.people().held().values()) {
            held += each.size();
        }
        must(held + room.people().disconnected().size() == room.audience(), "everybody is connected or not");
        var hands = 0;
        var invited = 0;
        for (var presence : room.people().all().values()) {
            var guest = presence.guest();
            must(!room.bans().hold(guest.id(), null), "nobody is inside who was banned");
            must(guest.handRaisedAt() == null || !room.isOnStage(guest.id()), "no hand is up on the stage");
            hands += guest.handRaisedAt() == null ? 0 : 1;
            invited += guest.invited() ? 1 : 0;
            switch (presence) {
                case Presence.Connected here ->
                    must(room.people().held().get(here.instance()).contains(guest.id()), "the index by instance");
                case Presence.Disconnected gone ->
                    must(
                            room.people().disconnected().contains(new Moment(gone.since(), guest.id())),
                            "the index of the disconnected");
            }
        }
        must(hands == room.people().hands().size(), "the index of hands");
        must(invited == room.people().invited().size(), "the index of invitations");
    }

    private static void transitions(Room before, List<RoomEvent> events, Room after) {
        for (var event : events) {
            switch (event) {
                case RoomEvent.ParticipantJoined joined -> {
                    must(!before.isLocked(), "a locked room admits nobody");
                    must(!before.people().find(joined.participant().id()).isPresent(), "only who is out joins");
                    must(!before.bans().hold(joined.participant().id(), joined.key()), "nobody who is banned joins");
                }
                case RoomEvent.ParticipantDisconnected gone ->
                    must(
                            presence(before, gone.participant()) instanceof Presence.Connected,
                            "only who is connected is disconnected");
                case RoomEvent.ParticipantResumed back -> {
                    must(presence(before, back.participant()) != null, "only who is in the room resumes");
                    must(presence(after, back.participant()) instanceof Presence.Connected, "who resumed is connected");
                }
                case RoomEvent.ParticipantLeft left -> {
                    must(presence(before, left.participant()) != null, "only who is in the room leaves it");
                    must(presence(after, left.participant()) == null, "who left is out");
                }
                case RoomEvent.RoomOpened opened -> must(before.isClosed(), "only a closed room opens");
                case RoomEvent.RoomClosed closed -> must(!before.isClosed(), "only an open room closes");
                case RoomEvent.RoomWentLive live ->
                    must(before.lifecycle() instanceof Lifecycle.Open, "only an open room goes live");
                default -> {}
            }
        }
    }

    private static Presence presence(Room room, ParticipantId who) {
        return room.people().find(who).orElse(null);
    }

    private static Optional<Integer> audienceTold(List<RoomEvent> events) {
        Integer told = null;
        for (var event : events) {
            told = switch (event) {
                case RoomEvent.ParticipantJoined joined -> joined.audience();
                case RoomEvent.ParticipantLeft left -> left.audience();
                case RoomEvent.RoomDescribed described -> described.audience();
                case RoomEvent.PeopleListed listed -> listed.audience();
                default -> told;
            };
        }
        return Optional.ofNullable(told);
    }
}
