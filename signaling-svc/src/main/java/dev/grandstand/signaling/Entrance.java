package dev.grandstand.signaling;

import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.IceServer;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a session gets into a room: as somebody new, whom admission lets in, or as who it was, which its resume token
 * proves. Every service is asked at once. A session that leaves or loses its socket meanwhile does not enter.
 */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    /** Chat is worth a moment's wait, but not a join. */
    private static final Duration HISTORY_TIMEOUT = Duration.ofSeconds(1);

    private final Visit visit;
    private final SessionGate gate;
    private final Admission admission;
    private final ResumeTokens tokens;
    private final Services services;
    private final Function<ParticipantId, List<IceServer>> iceServers;

    Entrance(
            Visit visit,
            SessionGate gate,
            Admission admission,
            ResumeTokens tokens,
            Services services,
            Function<ParticipantId, List<IceServer>> iceServers) {
        this.visit = visit;
        this.gate = gate;
        this.admission = admission;
        this.tokens = tokens;
        this.services = services;
        this.iceServers = iceServers;
    }

    Future<ServerMessage.Joined> join(ClientMessage.Join join) {
        if (!visit.isOutside()) {
            return Refusal.future(ErrorCode.ALREADY_JOINED, "you are in a room; leave it first");
        }
        return join.resume() == null ? comeIn(join) : comeBack(join, join.resume());
    }

    private Future<ServerMessage.Joined> comeIn(ClientMessage.Join join) {
        var notNow = gate.join();
        if (notNow.isPresent()) {
            return Future.failedFuture(notNow.get());
        }
        var entering = new Presence.Entering(join.room(), ParticipantId.random(), ConnectionId.random(), false);
        visit.begin(entering);
        return admission
                .admit(join)
                .onFailure(e -> visit.turnAway(entering))
                .compose(services.trail().keep(admitted -> knock(join, entering, admitted)));
    }

    private Future<ServerMessage.Joined> knock(
            ClientMessage.Join join, Presence.Entering entering, Admission.Admitted admitted) {
        if (!visit.isStill(entering)) {
            return Refusal.future(ErrorCode.REFUSED, "left before the room was entered");
        }
        // All services work at once. The room comes first: it is what the client waits for, and what is said while a
        // request to Kafka is under way goes with the next.
        var room = services.ask(join.room(), command(join, entering, admitted), RoomEvent.RoomDescribed.class);
        visit.media().askForSeat(entering, admitted.priority());
        var asked = askForChat(entering);
        return room.compose(described -> enter(entering, described).compose(here -> recentChat(entering, asked)
                        .compose(chat -> joined(join, here, described, chat, List.of()))))
                .onFailure(e -> giveUp(entering));
    }

    /** What the token proves needs no admission: the participant was let in when it first came. */
    private Future<ServerMessage.Joined> comeBack(ClientMessage.Join join, String sealed) {
        var opened = tokens.open(sealed, join.room());
        if (opened.isEmpty()) {
            return Refusal.future(ErrorCode.UNAUTHORIZED, "the resume token is not valid, or not any more");
        }
        var token = opened.get();
        var entering = new Presence.Entering(join.room(), token.participant(), ConnectionId.random(), true);
        visit.begin(entering);
        var resume = new RoomCommand.Resume(
                token.participant(), token.connection(), entering.connection(), services.instance());
        var room = services.ask(join.room(), resume, RoomEvent.RoomDescribed.class);
        var asked = askForChat(entering);
        return room.recover(Entrance::cannotComeBack)
                .compose(described -> enter(entering, described)
                        .compose(here -> settle(join, here, described, token, recentChat(entering, asked))))
                .onFailure(e -> giveUp(entering));
    }

    private Future<ServerMessage.Joined> settle(
            ClientMessage.Join join,
            Presence.Inside here,
            RoomEvent.RoomDescribed described,
            ResumeToken token,
            Future<Optional<RecentChat>> recentChat) {
        return visit.media()
                .adopt(here, token)
                .compose(resumed -> recentChat.compose(chat -> joined(join, here, described, chat, resumed)));
    }

    /** Room-svc knows: the participant has left, or came back already. */
    private static Future<RoomEvent.RoomDescribed> cannotComeBack(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() != ErrorCode.UNAVAILABLE
                ? Refusal.future(ErrorCode.UNAUTHORIZED, "you cannot be taken back: " + refusal.getMessage())
                : Future.failedFuture(failure);
    }

    private RoomCommand.Join command(ClientMessage.Join join, Presence.Entering entering, Admission.Admitted admitted) {
        return new RoomCommand.Join(
                entering.participant(),
                admitted.name(),
                admitted.role(),
                join.title(),
                join.video(),
                entering.connection(),
                services.instance(),
                admitted.grants(),
                admitted.key());
    }

    /** Empty if it is known already, because others are in the room here. */
    private Optional<Future<Optional<RecentChat>>> askForChat(Presence.Entering entering) {
        return visit.recentChat(entering.room()).isPresent() ? Optional.empty() : Optional.of(readHistory(entering));
    }

    private Future<Optional<RecentChat>> readHistory(Presence.Entering entering) {
        return services.ask(
                        entering.room(),
                        new ChatCommand.ReadHistory(entering.participant()),
                        ChatEvent.HistoryRead.class,
                        HISTORY_TIMEOUT)
                .map(read -> Optional.of(RecentChat.of(read)))
                .otherwise(late -> {
                    LOG.atWarn()
                            .addKeyValue("room", entering.room())
                            .log("joined without chat history: {}", late.getMessage());
                    return Optional.empty();
                })
                .onComplete(read -> visit.chatHistoryRead());
    }

    /**
     * To be asked for in the very call in which the room is entered. Chat and room tell of themselves independently: what was
     * said between the one's answer and the other's would reach nobody, so then the history is read once more. Where it is
     * known here it is as it stands now.
     */
    private Future<Optional<RecentChat>> recentChat(
            Presence.Entering entering, Optional<Future<Optional<RecentChat>>> asked) {
        var known = visit.recentChat(entering.room());
        if (known.isPresent()) {
            visit.chatHistoryRead();
            return Future.succeededFuture(known);
        }
        return asked.filter(read -> !visit.forgetOutdatedHistory()).orElseGet(() -> readHistory(entering));
    }

    /** In the very call that brings the description, so that no event is missed and none is told twice. */
    private Future<Presence.Inside> enter(Presence.Entering entering, RoomEvent.RoomDescribed described) {
        return visit.isStill(entering)
                ? Future.succeededFuture(visit.enter(entering, described))
                : Refusal.future(ErrorCode.REFUSED, "left before the room was entered");
    }

    private Future<ServerMessage.Joined> joined(
            ClientMessage.Join join,
            Presence.Inside entered,
            RoomEvent.RoomDescribed described,
            Optional<RecentChat> chat,
            List<StreamId> resumed) {
        return visit.stillInside(entered)
                .map(here -> Future.succeededFuture(new ServerMessage.Joined(
                        join.id(),
                        entered.you(),
                        described.standing(),
                        here.local().info(),
                        here.local().streamInfos(),
                        here.local().audience(),
                        described.roster(),
                        described.hands(),
                        chat.map(RecentChat::messages).orElse(List.of()),
                        chat.map(RecentChat::state).orElse(null),
                        iceServers.apply(entered.you().id()),
                        visit.resumeToken(here),
                        resumed,
                        admission.isOpen())))
                .orElseGet(() -> Refusal.future(ErrorCode.REFUSED, "you were shown out"));
    }

    private void giveUp(Presence.Entering entering) {
        if (visit.abandon(entering)) {
            LOG.atInfo().addKeyValue("room", entering.room()).log("join failed");
        }
    }
}
