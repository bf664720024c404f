package dev.grandstand.loadagent;

import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.RtcPeerListener;
import dev.grandstand.webrtc.sdp.Direction;
import dev.grandstand.webrtc.sdp.SdpException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody on air without a camera: joins, publishes one stream of picture and sound, and gives keyframes to
 * whoever asks. In a full fleet it waits in line for a seat, as long as it is not closed. Made by {@link LoadAgent#publish}.
 */
public final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** Longer than any repair takes, and not for ever. */
    private static final int ATTEMPTS = 20;

    private static final long AGAIN_MILLIS = 500;

    private final AtomicInteger attempts = new AtomicInteger();
    private final LoadAgent agent;
    private final Ticket ticket;
    private final OnAir onAir;
    private final VideoCodec video;
    private final Promise<Publisher> started = Promise.promise();
    private @Nullable StreamId stream;
    private volatile @Nullable RtcPeer peer;
    private volatile @Nullable Connection newest;
    private volatile boolean waiting;
    private boolean seated;
    private volatile boolean closed;
    private volatile @Nullable SignalingClient signaling;

    private Publisher(LoadAgent agent, Ticket ticket, Programme programme) {
        this.agent = agent;
        this.ticket = ticket;
        this.video = programme.video();
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
                        id, ticket.room(), ticket.name(), null, video, Role.PRESENTER, ticket.token(), null))
                .compose(reply -> reply instanceof ServerMessage.Joined joined
                        ? enter(client, joined)
                        : Future.failedFuture("not joined but " + reply));
    }

    /** The room opens in the programme's codec; if it was open before, it has one already. */
    private Future<Void> enter(SignalingClient client, ServerMessage.Joined joined) {
        return joined.room().video() == video
                ? publish(client, new StreamId(joined.you().id() + "-camera")).recover(this::waitInLine)
                : Future.failedFuture("the room's video is %s, and what should be played is %s"
                        .formatted(joined.room().video(), video));
    }

    private Future<Void> publish(SignalingClient client, StreamId id) {
        stream = id;
        var before = peer;
        return agent.vertx()
                .executeBlocking(() -> new RtcPeer(agent.node(), new Connection(client, before)), false)
                .compose(made -> {
                    peer = made;
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

    /** One connection to a media node; the newest carries the stream as soon as it stands, beside the one before while that is watched. */
    private final class Connection implements RtcPeerListener {

        private final SignalingClient client;
        private final @Nullable RtcPeer before;

        Connection(SignalingClient client, @Nullable RtcPeer before) {
            this.client = client;
            this.before = before;
        }

        @Override
        public void connected() {
            newest = this;
            onAir.use(Objects.requireNonNull(peer, "connected before it was made"));
            onAir.connected();
            if (before != null) {
                // Both carry the stream until everybody watches this one.
                client.request(id -> new ClientMessage.Migrated(id, stream()))
                        .onFailure(e -> LOG.atInfo().setCause(e).log("publisher: not migrated"))
                        .onComplete(over -> hangUp(before));
            }
        }

        /** Of one that was followed by another it says nothing: its node may end as soon as nobody watches there. */
        @Override
        public void disconnected() {
            if (newest == this) {
                onAir.disconnected();
            }
        }

        @Override
        public void keyframeRequested() {
            onAir.keyframeRequested();
        }

        @Override
        public void bandwidthEstimated(long bitsPerSecond) {
            onAir.bandwidthEstimated(bitsPerSecond);
        }
    }

    /** There is no seat yet: the server says when there is, or that this queue has taken too long. */
    private Future<Void> waitInLine(Throwable e) {
        if (!(e instanceof Refused refused) || refused.code() != ErrorCode.NO_SEAT) {
            return Future.failedFuture(e);
        }
        var gone = peer;
        peer = null;
        if (gone != null) {
            hangUp(gone);
        }
        waiting = true;
        if (seated) {
            // It was granted while the refusal was on its way.
            agent.vertx().setTimer(AGAIN_MILLIS, later -> leaveLine());
        }
        started.tryComplete(this);
        return Future.succeededFuture();
    }

    private void leaveLine() {
        if (waiting && !closed) {
            waiting = false;
            publishAnew();
        }
    }

    private void publishAnew() {
        var client = signaling;
        var id = stream;
        if (client != null && id != null) {
            publish(client, id).recover(this::waitInLine).onFailure(e -> {
                LOG.atInfo().setCause(e).log("publisher: not published again");
                if (attempts.incrementAndGet() < ATTEMPTS) {
                    agent.vertx().setTimer(AGAIN_MILLIS, later -> publishAnew());
                }
            });
        }
    }

    private void hangUp(RtcPeer gone) {
        onAir.drop(gone);
        gone.close();
    }

    private void news(ServerMessage message) {
        if (message instanceof ServerMessage.Migrate migrate && migrate.stream().equals(stream)) {
            publishAnew();
        } else if (message instanceof ServerMessage.MediaLost lost
                && lost.stream().equals(stream)) {
            var gone = peer;
            peer = null;
            if (gone != null) {
                hangUp(gone);
            }
            publishAnew();
        }
        if (message instanceof ServerMessage.Seat seat) {
            seated = seat.state() == ServerMessage.SeatState.GRANTED;
            if (seat.state() != ServerMessage.SeatState.QUEUED) {
                leaveLine();
            }
        }
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
                packets, bytes, onAir.frames(), onAir.keyframes(), requests, retransmissions, onAir.sending(), waiting);
    }

    /** Goes off air and leaves the room. */
    public Future<Void> close() {
        closed = true;
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
