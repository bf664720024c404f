package dev.grandstand.webrtc;

import dev.grandstand.webrtc.RtcNode.PortUse;
import dev.grandstand.webrtc.ice.IceCredentials;
import dev.grandstand.webrtc.rtcp.RtcpReader;
import dev.grandstand.webrtc.rtcp.RtcpVisitor;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.sdp.Codec;
import dev.grandstand.webrtc.sdp.Direction;
import dev.grandstand.webrtc.sdp.LocalTransport;
import dev.grandstand.webrtc.sdp.NegotiatedMedia;
import dev.grandstand.webrtc.sdp.Negotiation;
import dev.grandstand.webrtc.sdp.Negotiator;
import dev.grandstand.webrtc.sdp.SdpException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A WebRTC client without a browser: offers or answers, connects, sends and receives RTP, and behaves as a receiver
 * should (reports, NACK, PLI, REMB). Thousands of them share one {@link RtcNode}; each has a UDP port of its own, as browsers
 * have.
 *
 * <p>A viewer: {@code offer(Optional.of(RECVONLY), Optional.of(RECVONLY))}, send it, {@link #acceptAnswer}, exchange
 * {@link #candidates} and {@link #addCandidate}, count what {@link RtcPeerListener#rtp} brings. A publisher does the same
 * with {@code SENDONLY} and calls {@link #send} once {@link RtcPeerListener#connected}. Any thread.
 *
 * <p>Over the usual length because it is a whole client: negotiation, transport events and feedback meet here.
 */
public final class RtcPeer implements AutoCloseable {

    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration REPAIR_PAUSE = Duration.ofMillis(10);
    private static final int EARLY_CANDIDATES = 100;

    private final RtcNode node;
    private final RtcPeerListener listener;
    private final RtcTransport transport;
    private volatile Negotiator negotiator;
    private final Map<MediaKind, PeerSender> senders = new EnumMap<>(MediaKind.class);
    private final List<PeerReceiver> receivers = new ArrayList<>();
    private final List<IceCandidate> early = new ArrayList<>();
    private final RtcpWriter rtcp = new RtcpWriter();
    private final Feedback feedback = new Feedback();
    private volatile List<NegotiatedMedia> media = List.of();
    private volatile @Nullable String offer;
    private volatile @Nullable Restart restart;
    private boolean negotiated;
    private boolean repairing;
    private boolean over;
    private boolean closed;

    /** @throws IllegalStateException if the node is closed */
    public RtcPeer(RtcNode node, RtcPeerListener listener) {
        this.node = node;
        this.listener = listener;
        this.transport = node.createTransport(PortUse.OWN, new Events());
        this.negotiator = new Negotiator("-", new LocalTransport(transport.credentials(), node.fingerprint()));
    }

    /** Makes an offer; an absent direction leaves the kind out. */
    public String offer(Optional<Direction> audio, Optional<Direction> video) {
        String made = negotiator.offer(audio, video);
        offer = made;
        return made;
    }

    /**
     * Makes the same offer again with new ICE credentials, for a client whose network has changed. Media goes on.
     *
     * @throws IllegalStateException if nothing was agreed on yet
     */
    public String restartOffer() {
        String before = offer;
        if (before == null || media.isEmpty()) {
            throw new IllegalStateException("nothing was agreed on that could be restarted");
        }
        var credentials = IceCredentials.random();
        var anew = negotiator.restarted(credentials);
        String made = anew.offer(direction(MediaKind.AUDIO), direction(MediaKind.VIDEO));
        restart = new Restart(credentials, anew, made);
        return made;
    }

    private Optional<Direction> direction(MediaKind kind) {
        return media.stream()
                .filter(agreed -> agreed.kind() == kind)
                .map(NegotiatedMedia::direction)
                .findFirst();
    }

    /**
     * Takes the answer to {@link #offer} and begins to connect, or that to {@link #restartOffer} and looks for a way anew.
     *
     * @throws SdpException if it is malformed or does not fit the offer
     * @throws IllegalStateException if no offer was made
     */
    public void acceptAnswer(String sdp) throws SdpException {
        String made = offer;
        Restart begun = restart;
        if (begun != null) {
            restart = null;
            restarted(begun, begun.negotiator().accept(begun.offer(), sdp));
        } else if (made != null) {
            begin(negotiator.accept(made, sdp));
        } else {
            throw new IllegalStateException("no offer was made");
        }
    }

    private void restarted(Restart begun, Negotiation negotiation) {
        negotiator = begun.negotiator();
        node.loop().run(() -> {
            negotiation.remote().ifPresent(peer -> transport.restart(begun.credentials(), peer));
            negotiation.remoteCandidates().forEach(transport::addRemoteCandidate);
        });
    }

    /** A restart of ICE whose answer is awaited. */
    private record Restart(IceCredentials credentials, Negotiator negotiator, String offer) {}

    /**
     * Answers an offer and begins to connect.
     *
     * @throws SdpException if it is malformed
     */
    public String answer(String sdp) throws SdpException {
        Negotiation negotiation = negotiator.answer(sdp);
        begin(negotiation);
        return negotiation.localDescription();
    }

    private void begin(Negotiation negotiation) {
        media = negotiation.media();
        node.loop().run(() -> {
            if (negotiated || closed) {
                return;
            }
            negotiated = true;
            for (NegotiatedMedia agreed : negotiation.media()) {
                if (agreed.sending()) {
                    senders.put(agreed.kind(), new PeerSender(agreed));
                }
                if (agreed.receiving()) {
                    receivers.add(new PeerReceiver(agreed));
                }
            }
            negotiation.remote().ifPresent(transport::start);
            negotiation.remoteCandidates().forEach(transport::addRemoteCandidate);
            early.forEach(candidate -> transport.addRemoteCandidate(candidate.candidate()));
            early.clear();
        });
    }

    /** The local candidates, known at once; for the first m-section, which carries the whole bundle. */
    public List<IceCandidate> candidates() {
        var agreed = media;
        String mid = agreed.isEmpty() ? "" : agreed.getFirst().mid();
        int index = agreed.isEmpty() ? 0 : agreed.getFirst().index();
        return transport.localCandidates().stream()
                .map(candidate -> new IceCandidate(candidate, mid, index))
                .toList();
    }

    /** Takes a candidate of the other side; what is malformed or useless is ignored. May precede its description. */
    public void addCandidate(IceCandidate candidate) {
        onLoop(() -> {
            if (negotiated) {
                transport.addRemoteCandidate(candidate.candidate());
            } else if (early.size() < EARLY_CANDIDATES) {
                early.add(candidate);
            }
        });
    }

    /** What was agreed, empty before. */
    public List<NegotiatedMedia> media() {
        return media;
    }

    /** The codec that was agreed for a kind, by its name: its payload type is what {@link #send} wants. */
    public Optional<Codec> codec(MediaKind kind, String name) {
        return media.stream()
                .filter(agreed -> agreed.kind() == kind)
                .flatMap(agreed -> agreed.codecs().stream())
                .filter(codec -> codec.is(name))
                .findFirst();
    }

    /**
     * Sends one packet; dropped if not connected, or if this kind is not ours to send.
     *
     * @param payload at most 1,448 octets; not to be changed afterwards
     * @param timestamp in the codec's clock
     * @param marker last packet of a video frame
     */
    public void send(MediaKind kind, int payloadType, byte[] payload, int timestamp, boolean marker) {
        onLoop(() -> {
            PeerSender sender = senders.get(kind);
            if (sender != null && transport.connected()) {
                sender.send(transport, payload, timestamp, marker, payloadType, System.nanoTime());
            }
        });
    }

    /** Asks for a keyframe of what we receive (PLI). */
    public void requestKeyframe() {
        onLoop(() -> {
            RtcpWriter out = compound();
            boolean asked = false;
            for (PeerReceiver receiver : receivers) {
                asked |= receiver.kind() == MediaKind.VIDEO && receiver.requestKeyframe(out, ownSsrc());
            }
            if (asked) {
                transport.sendRtcp(out.array(), 0, out.length());
            }
        });
    }

    /** Counters of now. */
    public RtcPeerStats stats() {
        return node.loop().call(() -> {
            var received = new EnumMap<MediaKind, RtcPeerStats.Received>(MediaKind.class);
            var sent = new EnumMap<MediaKind, RtcPeerStats.Sent>(MediaKind.class);
            receivers.stream().filter(PeerReceiver::known).forEach(r -> received.put(r.kind(), r.stats()));
            senders.forEach((kind, sender) -> {
                if (sender.packets() > 0) {
                    sent.put(kind, sender.stats());
                }
            });
            return new RtcPeerStats(received, sent);
        });
    }

    /** Says goodbye and frees the port. Idempotent. */
    @Override
    public void close() {
        onLoop(() -> {
            if (!closed) {
                closed = true;
                transport.close();
            }
        });
    }

    private void onLoop(Runnable task) {
        try {
            node.loop().run(task);
        } catch (RejectedExecutionException e) {
            // The node is closed, and this peer with it.
            return;
        }
    }

    private int ownSsrc() {
        return (int) negotiator.ssrc(MediaKind.VIDEO);
    }

    private RtcpWriter compound() {
        return rtcp.clear().receiverReport(ownSsrc());
    }

    private void report() {
        if (closed || over) {
            return;
        }
        long now = System.nanoTime();
        RtcpWriter out = rtcp.clear();
        senders.values().forEach(sender -> sender.report(out, now));
        out.receiverReport(ownSsrc());
        receivers.forEach(receiver -> receiver.report(out, now));
        out.sourceDescription(ownSsrc(), negotiator.cname());
        receivers.forEach(receiver -> receiver.estimate(out, ownSsrc(), now));
        transport.sendRtcp(out.array(), 0, out.length());
        node.loop().schedule(REPORT_INTERVAL, this::report);
    }

    private void repairSoon() {
        if (!repairing && !closed) {
            repairing = true;
            node.loop().schedule(REPAIR_PAUSE, this::repair);
        }
    }

    private void repair() {
        repairing = false;
        if (closed || over) {
            return;
        }
        RtcpWriter out = compound();
        boolean due = false;
        boolean again = false;
        for (PeerReceiver receiver : receivers) {
            due |= receiver.repair(out, ownSsrc(), System.nanoTime());
            again |= receiver.losing();
        }
        if (due) {
            transport.sendRtcp(out.array(), 0, out.length());
        }
        if (again) {
            repairSoon();
        }
    }

    private void end() {
        if (!over && !closed) {
            over = true;
            listener.disconnected();
        }
    }

    private final class Events implements RtcTransportListener {

        @Override
        public void iceState(IceState state) {
            if (state == IceState.FAILED || state == IceState.DISCONNECTED) {
                end();
            }
        }

        @Override
        public void candidatePairSelected(String local, String remote) {
            // Of no interest to a client.
        }

        @Override
        public void dtlsState(DtlsState state) {
            switch (state) {
                case CONNECTED -> {
                    listener.connected();
                    node.loop().schedule(REPORT_INTERVAL, RtcPeer.this::report);
                }
                case CLOSED, FAILED -> end();
                case NEW, CONNECTING -> {
                    // On the way.
                }
            }
        }

        @Override
        public void rtp(byte[] buffer, int offset, int length) {
            int type = Rtp.payloadType(buffer, offset);
            for (PeerReceiver receiver : receivers) {
                if (receiver.takes(type)) {
                    receiver.rtp(buffer, offset, length, System.nanoTime());
                    if (receiver.losing()) {
                        repairSoon();
                    }
                    listener.rtp(receiver.kind(), buffer, offset, length);
                    return;
                }
            }
        }

        @Override
        public void rtcp(byte[] buffer, int offset, int length) {
            RtcpReader.read(buffer, offset, length, feedback);
        }
    }

    private final class Feedback implements RtcpVisitor {

        private @Nullable PeerSender sender(int ssrc) {
            for (PeerSender sender : senders.values()) {
                if (sender.ssrc() == ssrc) {
                    return sender;
                }
            }
            return null;
        }

        @Override
        public void senderReport(int ssrc, long ntp, int rtpTimestamp) {
            receivers.forEach(receiver -> receiver.senderReport(ssrc, ntp, System.nanoTime()));
        }

        @Override
        public void reportBlock(int about, int fractionLost, int packetsLost, long jitter, int lastReport, long delay) {
            PeerSender sender = sender(about);
            if (sender != null) {
                sender.reported(packetsLost, lastReport, delay, System.nanoTime());
            }
        }

        @Override
        public void nack(int mediaSsrc, int sequence) {
            PeerSender sender = sender(mediaSsrc);
            if (sender != null) {
                sender.nacked(transport, sequence);
            }
        }

        @Override
        public void pictureLoss(int mediaSsrc) {
            PeerSender sender = sender(mediaSsrc);
            if (sender != null) {
                sender.keyframeRequested();
                listener.keyframeRequested();
            }
        }

        @Override
        public void fullIntraRequest(int mediaSsrc, int number) {
            pictureLoss(mediaSsrc);
        }

        @Override
        public void receiverEstimate(long bitsPerSecond) {
            listener.bandwidthEstimated(bitsPerSecond);
        }
    }
}
