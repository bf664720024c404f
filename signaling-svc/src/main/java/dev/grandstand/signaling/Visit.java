package dev.grandstand.signaling;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What a session is in a room: where it stands ({@link Presence}), and what it has there. Every way in and out goes
 * through here, so that nothing is left behind. When the socket breaks the visit stays for as long as its participant
 * does, so that the connections to media nodes are there for whoever takes it up again. Lives on one event loop. Long,
 * because the moves between the places are one table.
 */
final class Visit implements Member {

    private final Outbox outbox;
    private final ResumeTokens tokens;
    private final ResumeOffer offer;
    private final Hub hub;
    private final Services services;
    private final SessionMedia media;
    private final SessionChat chat;

    private Presence presence = new Presence.Outside();
    private boolean chatHistory;

    /** Whether there was chat after the history and before the room was entered, of which the visit has not heard. */
    private boolean chatMissed;

    /** Whether the participant was here before, and so has a token even before it has been told that it is in. */
    private boolean returned;

    Visit(Outbox outbox, ResumeTokens tokens, Later later, Hub hub, Services services, MediaNodes nodes) {
        this.outbox = outbox;
        this.tokens = tokens;
        this.offer = new ResumeOffer(later, this::offerToken);
        this.hub = hub;
        this.services = services;
        this.chat = new SessionChat(services);
        this.media = new SessionMedia(services, nodes, message -> outbox.news(Frame.of(message)), offer::changed);
    }

    SessionMedia media() {
        return media;
    }

    SessionChat chat() {
        return chat;
    }

    boolean isOutside() {
        return presence instanceof Presence.Outside;
    }

    /** The place in the room, once the client knows of it. */
    Future<Presence.Inside> inside() {
        return presence instanceof Presence.Inside here && outbox.hasJoined()
                ? Future.succeededFuture(here)
                : Refusal.future(ErrorCode.NOT_JOINED, "join a room first");
    }

    /** Who comes back is expected only once room-svc says so: until then what is theirs goes to who they were. */
    void begin(Presence.Entering entering) {
        presence = entering;
        chatMissed = false;
        hub.isEntering(this, entering.room());
        if (!entering.returning()) {
            hub.expect(entering.participant(), this);
        }
    }

    boolean isStill(Presence.Entering entering) {
        return !outbox.isClosed() && entering.equals(presence);
    }

    /** The same participant in the same room, perhaps under another name by now. */
    Optional<Presence.Inside> stillInside(Presence.Inside before) {
        return presence instanceof Presence.Inside here
                        && here.you().id().equals(before.you().id())
                ? Optional.of(here)
                : Optional.empty();
    }

    /** Nobody has been told of the participant yet. */
    void turnAway(Presence.Entering entering) {
        if (entering.equals(presence)) {
            hub.isNotEntering(this, entering.room());
            hub.leave(this, entering.room(), entering.participant());
            presence = new Presence.Outside();
        }
    }

    Presence.Inside enter(Presence.Entering entering, RoomEvent.RoomDescribed described) {
        hub.expect(entering.participant(), this);
        hub.isNotEntering(this, entering.room());
        var local = hub.enter(this, entering.room(), described);
        var here = new Presence.Inside(entering.room(), described.you(), entering.connection(), local);
        presence = here;
        outbox.enter(local.lateNews());
        returned = entering.returning();
        chat.allow(described.standing().chat());
        return here;
    }

    /**
     * The join failed; it may still come about after its reply was given up.
     *
     * @return whether it had not been given up already
     */
    boolean abandon(Presence.Entering entering) {
        if (!entering.equals(presence)) {
            return false;
        }
        abort(entering);
        return true;
    }

    Future<ServerMessage.Ok> leave(Presence.Inside here, ClientMessage.Leave leave) {
        depart(here);
        return services.insist(
                        here.room(),
                        new RoomCommand.Leave(here.you().id(), here.connection(), LeaveReason.LEFT),
                        RoomEvent.ParticipantLeft.class)
                .map(new ServerMessage.Ok(leave.id()));
    }

    Future<ServerMessage.Ok> rename(Presence.Inside here, ClientMessage.Rename rename) {
        return services.ask(
                        here.room(),
                        new RoomCommand.Rename(here.you().id(), rename.name()),
                        RoomEvent.ParticipantRenamed.class)
                .map(renamed -> {
                    stillInside(here).ifPresent(still -> presence = still.renamed(rename.name()));
                    return new ServerMessage.Ok(rename.id());
                });
    }

    /** A token for coming back to this place, which the client is given now. */
    String resumeToken(Presence.Inside here) {
        offer.given();
        return tokens.seal(here.room(), here.you().id(), here.connection(), media.held(), media.priority());
    }

    private boolean offerToken() {
        if (!(presence instanceof Presence.Inside here) || !outbox.hasJoined()) {
            return false;
        }
        outbox.send(Frame.of(new ServerMessage.Resume(resumeToken(here))));
        return true;
    }

    void renewResumeToken() {
        offer.renewIfOld();
    }

    /** The client has the newest token from now on. */
    void settleResumeToken() {
        offer.settle();
    }

    void onMediaEvent(EventRecord<MediaEvent> record) {
        media.onEvent(record);
    }

    @Override
    public void send(Frame frame) {
        outbox.news(frame);
    }

    @Override
    public void hear() {
        outbox.hear();
    }

    /** What newcomers to a room are told of its chat, if others of this event loop are in it. */
    Optional<RecentChat> recentChat(RoomId room) {
        return hub.recentChat(room);
    }

    void chatHistoryRead() {
        chatHistory = true;
    }

    void onChatWhileEntering() {
        chatMissed |= chatHistory;
    }

    /** Whether the history that was read is out of date by now; if so none counts as read any more. */
    boolean forgetOutdatedHistory() {
        chatHistory &= !chatMissed;
        return chatMissed;
    }

    @Override
    public boolean hasChatHistory() {
        return chatHistory;
    }

    /** A connection of this instance says so. */
    void onNodeLost(NodeRef node) {
        media.onNodeLost(node);
    }

    @Override
    public void onEdgeGone(NodeRef node) {
        media.onEdgeGone(node, presence instanceof Presence.Inside here ? Optional.of(here) : Optional.empty());
    }

    @Override
    public void onLinkEnded(StreamId stream, NodeRef node) {
        media.onLinkEnded(stream, node);
    }

    @Override
    public void onStreamMoved(StreamId stream, MediaLocation source) {
        switch (presence) {
            case Presence.Inside here -> media.onStreamMoved(here, stream, source);
            case Presence.Away away -> media.onStreamMoved(away.from(), stream, source);
            case Presence.Entering entering -> {}
            case Presence.Outside outside -> {}
        }
    }

    @Override
    public void onStreamStopped(StreamId stream, StopReason reason) {
        media.onStreamStopped(stream, reason);
    }

    @Override
    public void onChatMuted(boolean muted) {
        chat.allow(!muted);
    }

    /** This instance was silent for too long, but the client never left: the participant is taken back. */
    @Override
    public void onTakenForDisconnected() {
        if (presence instanceof Presence.Inside here) {
            var next = ConnectionId.random();
            services.tell(
                    here.room(), new RoomCommand.Resume(here.you().id(), here.connection(), next, services.instance()));
            presence = here.over(next);
            offer.changed();
        }
    }

    /** Another session has taken this one up; what it had is the other's now. */
    @Override
    public void onResumed(ConnectionId connection) {
        switch (presence) {
            case Presence.Inside here
            when !here.connection().equals(connection) -> {
                // Stale, unless this instance has meanwhile said that the participant was here.
                services.tell(here.room(), new RoomCommand.Disconnect(here.you().id(), here.connection()));
                handOver(here);
                outbox.hangUp(ClientSocket.GOING_AWAY, "the session goes on over another connection");
            }
            case Presence.Away away -> handOver(away.from());
            case Presence.Inside mine -> {}
            case Presence.Entering entering -> {}
            case Presence.Outside outside -> {}
        }
    }

    private void handOver(Presence.Inside was) {
        media.disown();
        hub.leave(this, was.room(), was.you().id());
        forget();
    }

    /** Before the client has been told that it is inside, the error that answers its join says that it is not. */
    @Override
    public void onRemoved(LeaveReason reason) {
        if (presence instanceof Presence.Inside here) {
            if (outbox.hasJoined()) {
                outbox.send(Frame.of(new ServerMessage.Removed(reason, words(reason))));
            }
            depart(here);
        } else if (presence instanceof Presence.Away away) {
            depart(away.from());
        }
    }

    private static String words(LeaveReason reason) {
        return switch (reason) {
            case KICKED -> "a moderator showed you out";
            case BANNED -> "a moderator banned you from this room";
            case ROOM_CLOSED -> "the room was closed";
            case EXPIRED, DISCONNECTED -> "you were disconnected for too long";
            case LEFT -> "you left";
        };
    }

    /**
     * The socket is gone.
     *
     * @param forGood whether the client will not come back
     */
    void end(boolean forGood) {
        if (outbox.isClosed()) {
            return;
        }
        outbox.close();
        switch (presence) {
            case Presence.Outside outside -> {}
            case Presence.Entering entering -> abort(entering);
            case Presence.Inside here when forGood || !hasToken() -> abandon(here);
            case Presence.Inside here -> stepAway(here);
            case Presence.Away away -> {}
        }
    }

    /** The instance stops, and whoever is away cannot come back to another one. */
    void stopWaiting() {
        if (presence instanceof Presence.Away away) {
            abandon(away.from());
        }
    }

    private boolean hasToken() {
        return returned || outbox.hasJoined();
    }

    /** Keeps the connections to the media nodes; room-svc keeps the time. */
    private void stepAway(Presence.Inside here) {
        services.tell(here.room(), new RoomCommand.Disconnect(here.you().id(), here.connection()));
        presence = new Presence.Away(here);
        media.stepAway();
        hub.isAway(this);
    }

    private void abort(Presence.Entering entering) {
        hub.isNotEntering(this, entering.room());
        if (entering.returning()) {
            services.tell(entering.room(), new RoomCommand.Disconnect(entering.participant(), entering.connection()));
            forget();
        } else {
            hub.leave(this, entering.room(), entering.participant());
            sayGoodbye(entering.room(), entering.participant(), entering.connection());
            media.turnBack(entering.room(), entering.participant());
            forget();
        }
    }

    private void abandon(Presence.Inside was) {
        sayGoodbye(was.room(), was.you().id(), was.connection());
        depart(was);
    }

    private void sayGoodbye(RoomId room, ParticipantId participant, ConnectionId connection) {
        services.tell(room, new RoomCommand.Leave(participant, connection, LeaveReason.DISCONNECTED));
    }

    /** Gives back all that the session has in the room but the participant itself. */
    private void depart(Presence.Inside was) {
        hub.leave(this, was.room(), was.you().id());
        media.leave(was);
        forget();
    }

    private void forget() {
        outbox.forgetRoom();
        chatHistory = false;
        returned = false;
        presence = new Presence.Outside();
    }
}
