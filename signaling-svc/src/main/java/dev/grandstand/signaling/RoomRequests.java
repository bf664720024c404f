package dev.grandstand.signaling;

import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What somebody in a room asks of the room and its people: each request is one command, and room-svc's rules decide. */
final class RoomRequests {

    private final Services services;

    RoomRequests(Services services) {
        this.services = services;
    }

    Future<? extends ServerMessage> carryOut(Presence.Inside here, ClientMessage.RoomRequest request) {
        var you = here.you().id();
        return switch (request) {
            case ClientMessage.People people -> people(here, people);
            case ClientMessage.RaiseHand hand ->
                ask(
                        here,
                        hand.id(),
                        new RoomCommand.RaiseHand(you, hand.raised()),
                        hand.raised() ? RoomEvent.HandRaised.class : RoomEvent.HandLowered.class);
            case ClientMessage.StepDown down ->
                ask(here, down.id(), new RoomCommand.StepDown(you), RoomEvent.ParticipantSteppedDown.class);
            case ClientMessage.MuteStream mute ->
                ask(
                        here,
                        mute.id(),
                        new RoomCommand.MuteStream(you, mute.stream(), mute.muted()),
                        RoomEvent.StreamMuted.class);
            case ClientMessage.Invite invite ->
                ask(
                        here,
                        invite.id(),
                        new RoomCommand.Invite(you, invite.participant()),
                        RoomEvent.ParticipantInvited.class);
            case ClientMessage.TakeDown down ->
                ask(
                        here,
                        down.id(),
                        new RoomCommand.TakeDown(you, down.participant()),
                        RoomEvent.ParticipantSteppedDown.class);
            case ClientMessage.Mute mute ->
                ask(
                        here,
                        mute.id(),
                        new RoomCommand.Mute(you, mute.participant(), mute.what(), mute.muted()),
                        RoomEvent.ParticipantMuted.class);
            case ClientMessage.Kick kick ->
                ask(here, kick.id(), new RoomCommand.Kick(you, kick.participant()), RoomEvent.ParticipantLeft.class);
            case ClientMessage.Ban ban ->
                ask(here, ban.id(), new RoomCommand.Ban(you, ban.participant()), RoomEvent.ParticipantLeft.class);
            case ClientMessage.Lock lock ->
                ask(here, lock.id(), new RoomCommand.Lock(you, lock.locked()), RoomEvent.RoomLocked.class);
            case ClientMessage.CloseRoom close ->
                ask(here, close.id(), new RoomCommand.CloseRoom(you), RoomEvent.RoomClosed.class);
        };
    }

    private Future<ServerMessage.People> people(Presence.Inside here, ClientMessage.People request) {
        return services.ask(
                        here.room(),
                        new RoomCommand.ListPeople(here.you().id(), request.query(), request.cursor()),
                        RoomEvent.PeopleListed.class)
                .map(page -> new ServerMessage.People(request.id(), page.people(), page.cursor(), page.audience()));
    }

    private Future<ServerMessage.Ok> ask(
            Presence.Inside here, @Nullable Long id, RoomCommand command, Class<? extends RoomEvent> outcome) {
        return services.ask(here.room(), command, outcome).map(new ServerMessage.Ok(id));
    }
}
