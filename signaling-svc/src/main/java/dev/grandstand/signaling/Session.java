package dev.grandstand.signaling;

import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.IceServer;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, from its first message to its last. Each request is answered by one message, or by an error
 * that names what is wrong; nothing that a client sends harms anybody else. When the socket breaks the session stays for
 * as long as its participant does, so that the connections to media nodes are there for whoever takes it up again. Lives
 * on one event loop. Long, because entering, leaving and coming back are one story.
 */
final class Session implements Member {

    /** Longest message, in characters; an SDP offer of a browser with every codec has about 8,000. */
    static final int MAX_MESSAGE_LENGTH = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** Chat is worth a moment's wait, but not a join. */
    private static final Duration HISTORY_TIMEOUT = Duration.ofSeconds(1);

    private final ClientSocket socket;
    private final SessionGate gate;
    private final Admission admission;
    private final ResumeTokens tokens;
    private final ResumeOffer offer;
    private final Hub hub;
    private final Services services;
    private final List<IceServer> iceServers;
    private final SessionMedia media;
    private final SessionChat chat;
    private final RoomRequests requests;
    private final List<Frame> untilJoined = new ArrayList<>();

    private Presence presence = new Presence.Outside();
    private boolean chatHistory;
    private boolean joinedSent;

    /** Whether the client has a token. */
    private boolean canComeBack;

    private boolean closed;

    Session(
            ClientSocket socket,
            SessionGate gate,
            Admission admission,
            ResumeTokens tokens,
            Later later,
            Hub hub,
            Services services,
            MediaServers nodes,
            List<IceServer> iceServers) {
        this.socket = socket;
        this.gate = gate;
        this.admission = admission;
        this.tokens = tokens;
        this.offer = new ResumeOffer(later, this::offerToken);
        this.hub = hub;
        this.services = services;
        this.iceServers = iceServers;
        this.chat = new SessionChat(services);
        this.requests = new RoomRequests(services);
        this.media = new SessionMedia(services, nodes, message -> send(Frame.of(message)), offer::changed);
    }

    void onText(String text) {
        var unheard = unheard(text);
        if (unheard.isPresent()) {
            answer(null, Future.failedFuture(unheard.get()));
            if (gate.isExhausted()) {
                socket.close(ClientSocket.POLICY_VIOLATION, "too many messages");
            }
            return;
        }
        Long id = null;
        try {
            var tree = Json.tree(text.getBytes(StandardCharsets.UTF_8));
            id = tree.path("id").canConvertToLong() ? tree.path("id").longValue() : null;
            var message = Json.decode(tree, ClientMessage.class);
            answer(id, handle(message));
        } catch (BadJson e) {
            answer(id, Future.failedFuture(Refusal.of(e)));
        } catch (RuntimeException e) {
            // A mistake of ours; without an answer the client would wait, and nobody would know.
            answer(id, Future.failedFuture(e));
        }
    }

    /** Why a message is not even looked at, if so; it counts all the same. */
    private Optional<Refusal> unheard(String text) {
        var tooMuch = gate.message(text.length());
        return text.length() > MAX_MESSAGE_LENGTH
                ? Optional.of(
                        new Refusal(ErrorCode.TOO_LARGE, "a message has at most " + MAX_MESSAGE_LENGTH + " characters"))
                : tooMuch;
    }

    void onBinary() {
        answer(null, refused(ErrorCode.BAD_JSON, "messages are text frames"));
    }

    private Future<? extends ServerMessage> handle(ClientMessage message) {
        return switch (message) {
            case ClientMessage.Join join -> join(join);
            case ClientMessage.Leave leave ->
                inside().compose(here -> leave(here).map(new ServerMessage.Ok(leave.id())));
            case ClientMessage.Rename rename -> inside().compose(here -> rename(here, rename));
            case ClientMessage.Publish publish -> inside().compose(here -> media.publish(here, publish));
            case ClientMessage.Unpublish unpublish -> inside().compose(here -> media.unpublish(here, unpublish));
            case ClientMessage.View view -> inside().compose(here -> media.view(here, view));
            case ClientMessage.Unview unview -> inside().compose(here -> media.unview(unview));
            case ClientMessage.Candidate candidate -> inside().compose(here -> media.addCandidate(candidate));
            case ClientMessage.ChatRequest request -> inside().compose(here -> chat.handle(here, request));
            case ClientMessage.RoomRequest request -> inside().compose(here -> requests.carryOut(here, request));
            case ClientMessage.Ping ping -> Future.succeededFuture(new ServerMessage.Pong(ping.id()));
        };
    }

    private Future<ServerMessage.Joined> join(ClientMessage.Join join) {
        if (!(presence instanceof Presence.Outside)) {
            return refused(ErrorCode.ALREADY_JOINED, "you are in a room; leave it first");
        }
        if (join.resume() != null) {
            return comeBack(join, join.resume());
        }
        var notNow = gate.join();
        if (notNow.isPresent()) {
            return Future.failedFuture(notNow.get());
        }
        var entering = new Presence.Entering(join.room(), ParticipantId.random(), ConnectionId.random(), false);
        presence = entering;
        hub.expect(entering.participant(), this);
        return admission
                .admit(join)
                .onFailure(e -> turnAway(entering))
                .compose(admitted -> knock(join, entering, admitted));
    }

    private void turnAway(Presence.Entering entering) {
        if (entering.equals(presence)) {
            hub.leave(this, entering.room(), entering.participant());
            presence = new Presence.Outside();
        }
    }

    private Future<ServerMessage.Joined> knock(
            ClientMessage.Join join, Presence.Entering entering, Admission.Admitted admitted) {
        if (closed || !entering.equals(presence)) {
            return refused(ErrorCode.REFUSED, "left before the room was entered");
        }
        // All three services work at once: a seat, the last messages and the room itself.
        services.tell(join.room(), new MediaCommand.RequestSeat(entering.participant(), services.instance()));
        var history = readHistory(entering);
        return services.ask(join.room(), command(join, entering, admitted), RoomEvent.RoomDescribed.class)
                .compose(described -> enter(entering, described)
                        .compose(here -> history.compose(read -> joined(join, here, described, read, List.of()))))
                .onFailure(e -> giveUp(entering));
    }

    /** What the token proves needs no admission: the participant was let in when it first came. */
    private Future<ServerMessage.Joined> comeBack(ClientMessage.Join join, String sealed) {
        var opened = tokens.open(sealed, join.room());
        if (opened.isEmpty()) {
            return refused(ErrorCode.UNAUTHORIZED, "the resume token is not valid, or not any more");
        }
        var token = opened.get();
        var entering = new Presence.Entering(join.room(), token.participant(), ConnectionId.random(), true);
        presence = entering;
        var history = readHistory(entering);
        var resume = new RoomCommand.Resume(
                token.participant(), token.connection(), entering.connection(), services.instance());
        return services.ask(join.room(), resume, RoomEvent.RoomDescribed.class)
                .recover(Session::cannotComeBack)
                .compose(described -> enter(entering, described).compose(here -> media.adopt(here, token.held())
                        .compose(resumed -> history.compose(read -> joined(join, here, described, read, resumed)))))
                .onFailure(e -> giveUp(entering));
    }

    /** Room-svc knows: the participant has left, or came back already. */
    private static Future<RoomEvent.RoomDescribed> cannotComeBack(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() != ErrorCode.UNAVAILABLE
                ? refused(ErrorCode.UNAUTHORIZED, "you cannot be taken back: " + refusal.getMessage())
                : Future.failedFuture(failure);
    }

    private RoomCommand.Join command(ClientMessage.Join join, Presence.Entering entering, Admission.Admitted admitted) {
        return new RoomCommand.Join(
                entering.participant(),
                admitted.name(),
                admitted.role(),
                join.title(),
                entering.connection(),
                services.instance(),
                admitted.grants(),
                admitted.key());
    }

    private Future<Optional<ChatEvent.HistoryRead>> readHistory(Presence.Entering entering) {
        return services.ask(
                        entering.room(),
                        new ChatCommand.ReadHistory(entering.participant()),
                        ChatEvent.HistoryRead.class,
                        HISTORY_TIMEOUT)
                .map(Optional::of)
                .otherwise(late -> {
                    LOG.atWarn()
                            .addKeyValue("room", entering.room())
                            .log("joined without chat history: {}", late.getMessage());
                    return Optional.empty();
                })
                .onComplete(read -> chatHistory = true);
    }

    /** In the very call that brings the description, so that no event is missed and none is told twice. */
    private Future<Presence.Inside> enter(Presence.Entering entering, RoomEvent.RoomDescribed described) {
        if (closed || !entering.equals(presence)) {
            return refused(ErrorCode.REFUSED, "left before the room was entered");
        }
        hub.expect(entering.participant(), this);
        var local = hub.enter(this, entering.room(), described);
        var here = new Presence.Inside(entering.room(), described.you(), entering.connection(), local);
        presence = here;
        canComeBack = entering.returning();
        chat.allow(described.standing().chat());
        return Future.succeededFuture(here);
    }

    private Future<ServerMessage.Joined> joined(
            ClientMessage.Join join,
            Presence.Inside here,
            RoomEvent.RoomDescribed described,
            Optional<ChatEvent.HistoryRead> chatRead,
            List<StreamId> resumed) {
        if (!(presence instanceof Presence.Inside now) || !isStill(here)) {
            return refused(ErrorCode.REFUSED, "you were shown out");
        }
        offer.given();
        return Future.succeededFuture(new ServerMessage.Joined(
                join.id(),
                here.you(),
                described.standing(),
                here.local().info(),
                here.local().streamInfos(),
                here.local().audience(),
                described.roster(),
                described.hands(),
                chatRead.map(ChatEvent.HistoryRead::messages).orElse(List.of()),
                chatRead.map(ChatEvent.HistoryRead::state).orElse(null),
                iceServers,
                sealed(now),
                resumed));
    }

    private String sealed(Presence.Inside here) {
        return tokens.seal(here.room(), here.you().id(), here.connection(), media.held());
    }

    private boolean offerToken() {
        if (!(presence instanceof Presence.Inside here) || !joinedSent) {
            return false;
        }
        write(Frame.of(new ServerMessage.Resume(sealed(here))));
        return true;
    }

    /** To be called every few seconds. */
    void renewResumeToken() {
        offer.renewIfOld();
    }

    private boolean isStill(Presence.Inside before) {
        return presence instanceof Presence.Inside here
                && here.you().id().equals(before.you().id());
    }

    private void giveUp(Presence.Entering entering) {
        if (entering.equals(presence)) {
            LOG.atInfo().addKeyValue("room", entering.room()).log("join failed");
            // The join may still come about after its reply was given up.
            abort(entering);
        }
    }

    private Future<RoomEvent.ParticipantLeft> leave(Presence.Inside here) {
        depart(here.room(), here.you().id());
        return services.ask(
                here.room(),
                new RoomCommand.Leave(here.you().id(), here.connection(), LeaveReason.LEFT),
                RoomEvent.ParticipantLeft.class);
    }

    private Future<ServerMessage.Ok> rename(Presence.Inside here, ClientMessage.Rename rename) {
        return services.ask(
                        here.room(),
                        new RoomCommand.Rename(here.you().id(), rename.name()),
                        RoomEvent.ParticipantRenamed.class)
                .map(renamed -> {
                    if (isStill(here) && presence instanceof Presence.Inside still) {
                        presence = still.renamed(rename.name());
                    }
                    return new ServerMessage.Ok(rename.id());
                });
    }

    void onMediaEvent(MediaEvent event) {
        media.onEvent(event);
    }

    @Override
    public void onRoomMediaLost() {
        if (presence instanceof Presence.Inside here) {
            media.onRoomMediaLost(here);
        } else {
            media.onRoomMediaLostWhileAway();
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
                socket.close(ClientSocket.GOING_AWAY, "the session goes on over another connection");
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
            if (joinedSent) {
                write(Frame.of(new ServerMessage.Removed(reason, words(reason))));
            }
            depart(here.room(), here.you().id());
        } else if (presence instanceof Presence.Away away) {
            depart(away.from().room(), away.from().you().id());
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

    @Override
    public boolean hasChatHistory() {
        return chatHistory;
    }

    /** The socket was closed on purpose, by the page or by this side. */
    void onGoodbye() {
        onClosed(true);
    }

    /** The socket broke: the client may come back. */
    void onSocketLost() {
        onClosed(false);
    }

    /** The instance stops: the client is told to come back elsewhere, and is waited for if it can. */
    void dismiss() {
        onClosed(!tokens.openElsewhere());
        if (presence instanceof Presence.Away away && !tokens.openElsewhere()) {
            var was = away.from();
            abandon(was.room(), was.you().id(), was.connection());
        }
        socket.close(ClientSocket.GOING_AWAY, "the server stops");
    }

    private void onClosed(boolean forGood) {
        if (closed) {
            return;
        }
        closed = true;
        switch (presence) {
            case Presence.Outside outside -> {}
            case Presence.Entering entering -> abort(entering);
            case Presence.Inside here
            when forGood || !canComeBack -> abandon(here.room(), here.you().id(), here.connection());
            case Presence.Inside here -> stepAway(here);
            case Presence.Away away -> {}
        }
    }

    /** Keeps the connections to the media nodes; room-svc keeps the time. */
    private void stepAway(Presence.Inside here) {
        services.tell(here.room(), new RoomCommand.Disconnect(here.you().id(), here.connection()));
        presence = new Presence.Away(here);
        media.stepAway();
        hub.isAway(this);
        untilJoined.clear();
    }

    private void abort(Presence.Entering entering) {
        if (entering.returning()) {
            services.tell(entering.room(), new RoomCommand.Disconnect(entering.participant(), entering.connection()));
            forget();
        } else {
            abandon(entering.room(), entering.participant(), entering.connection());
        }
    }

    private void abandon(RoomId room, ParticipantId participant, ConnectionId connection) {
        services.tell(room, new RoomCommand.Leave(participant, connection, LeaveReason.DISCONNECTED));
        depart(room, participant);
    }

    /** Gives back all that the session has in the room but the participant itself. */
    private void depart(RoomId room, ParticipantId participant) {
        hub.leave(this, room, participant);
        services.tell(room, new MediaCommand.ReleaseSeat(participant));
        media.reset();
        forget();
    }

    private void forget() {
        untilJoined.clear();
        chatHistory = false;
        joinedSent = false;
        canComeBack = false;
        presence = new Presence.Outside();
    }

    private Future<Presence.Inside> inside() {
        return presence instanceof Presence.Inside here && joinedSent
                ? Future.succeededFuture(here)
                : refused(ErrorCode.NOT_JOINED, "join a room first");
    }

    private static <T> Future<T> refused(ErrorCode code, String message) {
        return Future.failedFuture(new Refusal(code, message));
    }

    private void answer(@Nullable Long id, Future<? extends ServerMessage> reply) {
        reply.onSuccess(this::answer)
                .onFailure(e -> write(Frame.of(Refusal.of(e).toMessage(id))));
    }

    private void answer(ServerMessage reply) {
        if (reply instanceof ServerMessage.Ok ok && ok.id() == null) {
            return;
        }
        write(Frame.of(reply));
        if (reply instanceof ServerMessage.Joined) {
            joinedSent = true;
            canComeBack = true;
            untilJoined.forEach(this::write);
            untilJoined.clear();
        }
    }

    /** News; what comes before the client has been told that it is in the room waits for that. */
    @Override
    public void send(Frame frame) {
        if (joinedSent) {
            write(frame);
        } else if (!closed) {
            untilJoined.add(frame);
        }
    }

    private void write(Frame frame) {
        if (!closed) {
            socket.send(frame);
        }
    }
}
