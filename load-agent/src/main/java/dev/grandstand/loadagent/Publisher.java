package dev.grandstand.loadagent;

import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.sdp.Direction;
import dev.grandstand.webrtc.sdp.SdpException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody on air without a camera: joins, publishes one stream of picture and sound, and gives keyframes to
 * whoever asks. Made by {@link LoadAgent#publish}.
 */
public final class Publisher {

    private final LoadAgent agent;
    private final Ticket ticket;
    private final OnAir onAir;
    private final Promise<Publisher> started = Promise.promise();
    private @Nullable StreamId stream;
    private volatile @Nullable RtcPeer peer;
    private volatile @Nullable SignalingClient signaling;

    private Publisher(LoadAgent agent, Ticket ticket, Programme programme) {
        this.agent = agent;
        this.ticket = ticket;
        this.onAir = new OnAir(agent.vertx(), programme, () -> started.tryComplete(this));
    }

    static Future<Publisher> open(LoadAgent agent, Ticket ticket, Programme programme) {
        var publisher = new Publisher(agent, ticket, programme);
        return SignalingClient.open(agent.vertx(), agent.sockets(), ticket.url(), publisher::news)
                .compose(client -> publisher.join(client))
                .compose(answered ->
                        publisher.started.future().timeout(SignalingClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .onFailure(e -> publisher.close());
    }

    private Future<Void> join(SignalingClient client) {
        signaling = client;
        client.closed().onComplete(gone -> onAir.stop());
        return client.request(id -> new ClientMessage.Join(
                        id, ticket.room(), ticket.name(), ticket.token(), Role.PRESENTER, null, null))
                .compose(reply -> reply instanceof ServerMessage.Joined joined
                        ? publish(client, new StreamId(joined.you().id() + "-camera"))
                        : Future.failedFuture("not joined but " + reply));
    }

    private Future<Void> publish(SignalingClient client, StreamId id) {
        stream = id;
        return agent.vertx()
                .executeBlocking(() -> new RtcPeer(agent.node(), onAir), false)
                .compose(made -> {
                    peer = made;
                    onAir.use(made);
                    var offer = made.offer(Optional.of(Direction.SENDONLY), Optional.of(Direction.SENDONLY));
                    return client.request(request -> new ClientMessage.Publish(request, id, StreamKind.CAMERA, offer))
                            .compose(reply -> reply instanceof ServerMessage.Answer answer
                                    ? accept(made, answer, client)
                                    : Future.failedFuture("no answer but " + reply));
                });
    }

    private Future<Void> accept(RtcPeer made, ServerMessage.Answer answer, SignalingClient client) {
        try {
            made.acceptAnswer(answer.sdp());
        } catch (SdpException e) {
            return Future.failedFuture(e);
        }
        Candidates.send(made, answer.stream(), client);
        return Future.succeededFuture();
    }

    private void news(ServerMessage message) {
        var here = peer;
        if (here != null
                && message instanceof ServerMessage.Candidate candidate
                && candidate.stream().equals(stream)) {
            here.addCandidate(Candidates.fromWire(candidate.candidate()));
        }
    }

    /** What viewers ask for. */
    public StreamId stream() {
        if (stream == null) {
            throw new IllegalStateException("not on air yet");
        }
        return stream;
    }

    /** What was sent so far. Blocks for a moment: not for event loops. */
    public PublisherFigures figures() {
        long packets = 0;
        long bytes = 0;
        long requests = 0;
        long retransmissions = 0;
        var here = peer;
        if (here != null) {
            for (var sent : here.stats().sent().values()) {
                packets += sent.packets();
                bytes += sent.octets();
                requests += sent.keyframeRequestsReceived();
                retransmissions += sent.retransmissions();
            }
        }
        return new PublisherFigures(
                packets, bytes, onAir.frames(), onAir.keyframes(), requests, retransmissions, onAir.sending());
    }

    /** Goes off air and leaves the room. */
    public Future<Void> close() {
        agent.forget(this);
        onAir.stop();
        var here = peer;
        if (here != null) {
            here.close();
        }
        var client = signaling;
        return client == null ? Future.succeededFuture() : client.close();
    }
}
