package dev.grandstand.relay.media;

import dev.grandstand.webrtc.DtlsState;
import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcNode.PortUse;
import dev.grandstand.webrtc.RtcTransport;
import dev.grandstand.webrtc.RtcTransportListener;
import dev.grandstand.webrtc.ice.IceCredentials;
import dev.grandstand.webrtc.rtcp.RtcpReader;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.sdp.Negotiation;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One peer. Negotiation runs on the caller's thread, see {@link EndpointSdp}; everything else on the loop thread.
 *
 * <p>Over the usual length because it is where transport, tracks, reports and events meet; each of these is elsewhere.
 */
final class RelayEndpoint extends RelayElement implements RtcEndpoint {

    /** Longest packet that is forwarded; the scratch array has room for it and for what SRTP adds. */
    static final int PACKET_LIMIT = 1_600;

    private static final Duration REPAIR_PAUSE = Duration.ofMillis(10);

    private final RelayMediaEngine engine;
    private final RtcEndpointListener listener;
    private final Tracks tracks;
    private final SignsOfLife life;
    private final CandidateExchange candidates;
    private final Reports reports;
    private final PeerFeedback feedback;
    private final EndpointSdp sdp;

    // Loop thread.
    private @Nullable RtcTransport transport;
    private boolean repairing;

    // Written on the loop thread, read anywhere.
    private volatile boolean iceUp;
    private volatile boolean sendable;
    private volatile Bandwidth bandwidth = Bandwidth.DEFAULTS;

    RelayEndpoint(RelayMediaEngine engine, RtcEndpointListener listener) {
        super(engine.node().loop());
        this.engine = engine;
        this.listener = listener;
        tracks = new Tracks(this);
        life = new SignsOfLife(listener);
        reports = new Reports(tracks);
        feedback = new PeerFeedback(tracks);
        sdp = new EndpointSdp(engine.sessionName(), engine.node()::fingerprint, this::createTransport);
        candidates = new CandidateExchange(listener, sdp::offeredMids);
    }

    // ---- negotiation

    @Override
    public String processOffer(String offer) throws NegotiationRefused {
        EndpointSdp.Negotiated negotiated = sdp.processOffer(offer);
        begin(negotiated);
        return sdp.localDescription();
    }

    @Override
    public String generateOffer(boolean audio, boolean video) throws NegotiationRefused {
        return sdp.generateOffer(audio, video);
    }

    @Override
    public String processAnswer(String answer) throws NegotiationRefused {
        EndpointSdp.Negotiated negotiated = sdp.processAnswer(answer);
        begin(negotiated);
        return negotiated.outcome().localDescription();
    }

    @Override
    public String localDescription() throws NegotiationRefused {
        return sdp.localDescription();
    }

    @Override
    public String remoteDescription() throws NegotiationRefused {
        return sdp.remoteDescription();
    }

    private void begin(EndpointSdp.Negotiated negotiated) {
        Negotiation outcome = negotiated.outcome();
        negotiated
                .restart()
                .ifPresentOrElse(ours -> onLoop(() -> restart(ours, outcome)), () -> onLoop(() -> start(outcome)));
    }

    private void restart(IceCredentials ours, Negotiation negotiation) {
        RtcTransport ourTransport = transport;
        if (released() || ourTransport == null) {
            return;
        }
        negotiation.remote().ifPresent(peer -> ourTransport.restart(ours, peer));
        negotiation.remoteCandidates().forEach(ourTransport::addRemoteCandidate);
    }

    private RtcTransport createTransport(PortUse use) {
        RtcTransport ours = engine.node().createTransport(use, new TransportEvents());
        onLoop(() -> adopt(ours));
        return ours;
    }

    private void adopt(RtcTransport ours) {
        if (released()) {
            ours.close();
        } else {
            transport = ours;
        }
    }

    private void start(Negotiation negotiation) {
        RtcTransport ours = transport;
        if (released() || ours == null) {
            return;
        }
        tracks.negotiated(negotiation.media());
        listener.mediaSessionStarted();
        negotiation.remote().ifPresent(ours::start);
        negotiation.remoteCandidates().forEach(ours::addRemoteCandidate);
        candidates.negotiated(negotiation.media(), ours);
        tracks.beginSending();
    }

    // ---- candidates

    @Override
    public void gatherCandidates() {
        onLoop(() -> {
            if (transport == null) {
                candidates.gatherLater();
            } else if (!released()) {
                candidates.gather(transport);
            }
        });
    }

    @Override
    public void addCandidate(IceCandidate candidate) {
        onLoop(() -> {
            if (!tracks.isNegotiated()) {
                candidates.keep(candidate);
            } else if (transport != null && !released()) {
                candidates.add(candidate, transport);
            }
        });
    }

    // ---- what the tracks need

    @Nullable
    RtcTransport transport() {
        return transport;
    }

    byte[] scratch() {
        return engine.scratch();
    }

    /** Whether packets sent now reach the peer. */
    boolean canSend() {
        return sendable;
    }

    Tracks tracks() {
        return tracks;
    }

    void later(Duration delay, Runnable task) {
        loop().schedule(delay, () -> {
            if (!released()) {
                task.run();
            }
        });
    }

    /** Has tracks look after their losses and keyframes in a moment, and again until there is nothing left to do. */
    void repairSoon() {
        if (!repairing && !released()) {
            repairing = true;
            later(REPAIR_PAUSE, this::repair);
        }
    }

    private void repair() {
        repairing = false;
        if (tracks.repair(System.nanoTime())) {
            repairSoon();
        }
    }

    /** Sends feedback to the peer, after an empty receiver report as RFC 3550 section 6.1 has it. */
    boolean sendFeedback(Consumer<RtcpWriter> part) {
        RtcTransport ours = transport;
        if (!sendable || ours == null) {
            return false;
        }
        RtcpWriter out = engine.rtcp();
        out.receiverReport(tracks.ssrc(MediaKind.VIDEO));
        part.accept(out);
        return ours.sendRtcp(out.array(), 0, out.length());
    }

    /** What the peer lately said that it can receive, in bit/s, 0 if nothing. */
    long estimate(long now) {
        return feedback.estimate(now);
    }

    void bandwidthUsed(int bytes, int absSendTime, long now) {
        reports.received(bytes, absSendTime, now);
    }

    void forwarded(MediaKind kind, long now) {
        life.sent(kind, now);
    }

    // ---- graph

    @Override
    @Nullable
    InboundTrack origin(MediaKind kind, int depth) {
        return tracks.inbound(kind);
    }

    @Override
    void originChanged(MediaKind kind, @Nullable InboundTrack origin) {
        tracks.outbound(kind).source(origin, System.nanoTime());
    }

    @Override
    void free() {
        sendable = false;
        iceUp = false;
        engine.forget(this);
        if (transport != null) {
            transport.close();
            transport = null;
        }
    }

    // ---- time

    /** Called four times a second. */
    void tick(long now) {
        life.tick(now);
        if (sendable && reports.due(now)) {
            report(now);
        }
    }

    private void report(long now) {
        RtcTransport ours = transport;
        if (ours != null) {
            RtcpWriter out = engine.rtcp();
            reports.write(out, sdp.cname(), bandwidth, now);
            ours.sendRtcp(out.array(), 0, out.length());
        }
    }

    // ---- state

    @Override
    public Bandwidth bandwidth() {
        return bandwidth;
    }

    @Override
    public void bandwidth(Bandwidth next) {
        bandwidth = next;
    }

    @Override
    public RtcStats stats() {
        return loop().call(() -> tracks.stats(reports.remb(), feedback.estimate()));
    }

    @Override
    public boolean flowingIn(MediaKind kind) {
        return life.flowingIn(kind);
    }

    @Override
    public boolean flowingOut(MediaKind kind) {
        return life.flowingOut(kind);
    }

    @Override
    public boolean connected() {
        return iceUp;
    }

    private final class TransportEvents implements RtcTransportListener {

        @Override
        public void iceState(IceState state) {
            if (released()) {
                return;
            }
            listener.iceState(1, 1, state);
            boolean up = state == IceState.READY || (iceUp && state == IceState.CONNECTED);
            if (up != iceUp) {
                iceUp = up;
                listener.connectionState(up);
            }
            // A connection that was lost and found again needs no new handshake.
            sendable = up && transport != null && transport.connected();
            if (sendable && state == IceState.READY) {
                tracks.beginSending();
            }
        }

        @Override
        public void candidatePairSelected(String local, String remote) {
            if (!released()) {
                listener.candidatePairSelected(local, remote);
            }
        }

        @Override
        public void dtlsState(DtlsState state) {
            if (released()) {
                return;
            }
            sendable = state == DtlsState.CONNECTED;
            listener.dtlsState(state);
            if (sendable) {
                tracks.beginSending();
                // What tracks had asked for before it could be sent.
                repairSoon();
            }
        }

        @Override
        public void rtp(byte[] buffer, int offset, int length) {
            long now = System.nanoTime();
            life.heard(now);
            InboundTrack track = tracks.taking(Rtp.payloadType(buffer, offset));
            if (track == null) {
                return;
            }
            track.rtp(buffer, offset, length, now);
            if (life.received(track.kind(), now)) {
                // The first report tells the publisher what it may send, early enough for its start phase.
                report(now);
            }
        }

        @Override
        public void rtcp(byte[] buffer, int offset, int length) {
            life.heard(System.nanoTime());
            RtcpReader.read(buffer, offset, length, feedback);
        }
    }
}
