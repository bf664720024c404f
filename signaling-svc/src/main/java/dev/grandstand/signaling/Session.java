package dev.grandstand.signaling;

import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.IceServer;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection, from its first message to its last: each request is parsed, carried out and answered by one
 * message, or by an error that names what is wrong; nothing that a client sends harms anybody else. What the client is in
 * a room is its {@link Visit}. Lives on one event loop.
 */
final class Session implements Drain.Guest {

    /** Longest message, in characters; an SDP offer of a browser with every codec has about 8,000. */
    static final int MAX_MESSAGE_LENGTH = 64 * 1024;

    /** Of messages that could not be read, in the meters. */
    private static final String UNHEARD = "unheard";

    private final SessionGate gate;
    private final ResumeTokens tokens;
    private final Services services;
    private final Outbox outbox;
    private final Visit visit;
    private final Entrance entrance;
    private final RoomRequests requests;

    Session(
            ClientSocket socket,
            SessionGate gate,
            Admission admission,
            ResumeTokens tokens,
            Later later,
            Hub hub,
            Services services,
            MediaNodes nodes,
            Function<ParticipantId, List<IceServer>> iceServers) {
        this.gate = gate;
        this.tokens = tokens;
        this.services = services;
        this.outbox = new Outbox(socket);
        this.visit = new Visit(outbox, tokens, later, hub, services, nodes);
        this.entrance = new Entrance(visit, gate, admission, tokens, services, iceServers);
        this.requests = new RoomRequests(services);
    }

    void onText(String text) {
        var unheard = unheard(text);
        if (unheard.isPresent()) {
            answer(UNHEARD, null, Future.failedFuture(unheard.get()));
            if (gate.isExhausted()) {
                outbox.hangUp(ClientSocket.POLICY_VIOLATION, "too many messages");
            }
            return;
        }
        Long id = null;
        var type = UNHEARD;
        try {
            var tree = Json.tree(text.getBytes(StandardCharsets.UTF_8));
            id = tree.path("id").canConvertToLong() ? tree.path("id").longValue() : null;
            var message = Json.decode(tree, ClientMessage.class);
            type = message.getClass().getSimpleName();
            answer(type, id, services.trail().follow(gate.request(), () -> handle(message)));
        } catch (BadJson e) {
            answer(type, id, Future.failedFuture(Refusal.of(e)));
        } catch (RuntimeException e) {
            // A mistake of ours; without an answer the client would wait, and nobody would know.
            answer(type, id, Future.failedFuture(e));
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
        answer(UNHEARD, null, Future.failedFuture(new Refusal(ErrorCode.BAD_JSON, "messages are text frames")));
    }

    private Future<? extends ServerMessage> handle(ClientMessage message) {
        return switch (message) {
            case ClientMessage.Join join -> entrance.join(join);
            case ClientMessage.Leave leave -> inside().compose(here -> visit.leave(here, leave));
            case ClientMessage.Rename rename -> inside().compose(here -> visit.rename(here, rename));
            case ClientMessage.Publish publish -> inside().compose(here -> media().publish(here, publish));
            case ClientMessage.Unpublish unpublish -> inside().compose(here -> media().unpublish(here, unpublish));
            case ClientMessage.View view -> inside().compose(here -> media().view(here, view));
            case ClientMessage.Unview unview -> inside().compose(here -> media().unview(here, unview));
            case ClientMessage.Migrated migrated -> inside().compose(here -> media().migrated(here, migrated));
            case ClientMessage.FirstFrame shown -> inside().compose(here -> media().firstFrame(shown, gate.metrics()));
            case ClientMessage.RestartIce restart -> inside().compose(here -> media().restartIce(here, restart));
            case ClientMessage.Candidate candidate -> inside().compose(here -> media().addCandidate(candidate));
            case ClientMessage.ChatRequest request ->
                inside().compose(here -> visit.chat().handle(here, request));
            case ClientMessage.RoomRequest request -> inside().compose(here -> requests.carryOut(here, request));
            case ClientMessage.Ping ping -> Future.succeededFuture(new ServerMessage.Pong(ping.id()));
        };
    }

    private Future<Presence.Inside> inside() {
        return visit.inside();
    }

    private SessionMedia media() {
        return visit.media();
    }

    private void answer(String type, @Nullable Long id, Future<? extends ServerMessage> reply) {
        var began = System.nanoTime();
        reply.onSuccess(said -> {
                    answer(said);
                    gate.metrics().carriedOut(type, began);
                })
                .onFailure(e -> {
                    var refusal = Refusal.of(e);
                    outbox.send(Frame.of(refusal.toMessage(id)));
                    gate.metrics().refused(type, refusal);
                });
    }

    private void answer(ServerMessage reply) {
        switch (reply) {
            case ServerMessage.Ok ok when ok.id() == null -> {}
            case ServerMessage.Joined joined -> outbox.joined(Frame.of(joined));
            case ServerMessage other -> outbox.send(Frame.of(other));
        }
    }

    /** To be called once a second. */
    void renewResumeToken() {
        visit.renewResumeToken();
    }

    /** The socket was closed on purpose, by the page or by this side. */
    void onGoodbye() {
        visit.end(true);
    }

    /** The socket broke: the client may come back. */
    void onSocketLost() {
        visit.end(false);
    }

    @Override
    public boolean isGone() {
        return outbox.isClosed();
    }

    /** The instance stops: the client is told to come back elsewhere at once, and is waited for if it can. */
    @Override
    public void dismiss() {
        visit.settleResumeToken();
        visit.end(!tokens.openElsewhere());
        outbox.hangUp(ClientSocket.SERVICE_RESTART, "this server stops, connect to another");
    }
}
