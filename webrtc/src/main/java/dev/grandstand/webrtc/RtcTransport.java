package dev.grandstand.webrtc;

import dev.grandstand.webrtc.dtls.DtlsAssociation;
import dev.grandstand.webrtc.ice.CandidateLine;
import dev.grandstand.webrtc.ice.IceAgent;
import dev.grandstand.webrtc.ice.IceCredentials;
import dev.grandstand.webrtc.ice.IceListener;
import dev.grandstand.webrtc.ice.IcePath;
import dev.grandstand.webrtc.net.LocalSocket;
import dev.grandstand.webrtc.net.MediaLoop;
import dev.grandstand.webrtc.net.UdpPort;
import dev.grandstand.webrtc.srtp.SrtpKeys;
import dev.grandstand.webrtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one peer: ICE finds it, DTLS agrees on keys, SRTP protects what is sent. One BUNDLE (RFC 8843) with
 * multiplexed RTCP (RFC 5761). Loop thread only, unless said otherwise.
 *
 * <p>When the peer's network changes, ICE can be restarted (RFC 8445 section 2.4): a second agent looks for a way while
 * media stays on the old one, and takes over when it has found it. Keys and all above them stay as they are.
 *
 * <p>Over the usual length because it is where ICE, DTLS and SRTP meet; each of them is elsewhere.
 */
public final class RtcTransport {

    private static final Logger log = LoggerFactory.getLogger(RtcTransport.class);
    /** What the peer sends between its last handshake flight and our reading it: up to a keyframe. */
    private static final int EARLY_LIMIT = 128;

    /** Datagrams of one handshake flight, with room to spare. */
    private static final int FLIGHT_LIMIT = 16;

    private static final Duration UNKNOWN_ROUND_TRIP = Duration.ofMillis(25);
    private static final Duration UNDER_WAY = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(300);

    private final RtcNode node;
    private final MediaLoop loop;
    private final RtcTransportListener listener;
    private final Queue<byte[]> early = new ArrayDeque<>();
    private final Queue<byte[]> lastFlight = new ArrayDeque<>();
    private final IceCredentials credentials;
    private final List<String> localCandidates;
    private final boolean ownsPort;
    private final UdpPort port;
    private IceSession ice;
    private @Nullable IceSession restarting;
    private @Nullable IceSession former;
    private @Nullable DtlsAssociation dtls;
    private @Nullable RemoteTransport remote;
    private @Nullable SrtpSession srtp;
    private @Nullable IcePath path;
    private DtlsState dtlsState = DtlsState.NEW;
    private boolean iceReady;
    private boolean closed;

    RtcTransport(
            RtcNode node, UdpPort port, boolean ownsPort, IceCredentials credentials, RtcTransportListener listener) {
        this.node = node;
        this.loop = node.loop();
        this.listener = listener;
        this.port = port;
        this.ownsPort = ownsPort;
        this.ice = new IceSession(credentials);
        this.credentials = credentials;
        this.localCandidates = ice.agent.localCandidates().stream()
                .map(CandidateLine::toString)
                .toList();
    }

    /** What it was made with, for the first local description; any thread. */
    public IceCredentials credentials() {
        return credentials;
    }

    /** Local candidate attributes, the preferred first; any thread. They are known from the start. */
    public List<String> localCandidates() {
        return localCandidates;
    }

    /** Announces that candidates are being gathered. */
    public void gathering() {
        if (!closed) {
            ice.agent.gathering();
        }
    }

    /** Begins to connect. Repeated calls do nothing. */
    public void start(RemoteTransport peer) {
        if (closed || remote != null) {
            return;
        }
        remote = peer;
        if (peer.localRole() == DtlsAssociation.Role.SERVER) {
            startDtls(peer);
        }
        ice.agent.start(peer.ufrag(), peer.password(), peer.controlling());
    }

    /**
     * Looks for a way anew, after a peer's description with new ICE credentials. A restart that is under way is given up
     * for this one. Without effect before {@link #start}.
     *
     * @param ours new ones, that our description holds
     * @param peer as its description says; the same certificate as before, or the peer is not who it was
     */
    public void restart(IceCredentials ours, RemoteTransport peer) {
        if (closed || remote == null) {
            return;
        }
        if (restarting != null) {
            end(restarting);
        }
        remote = peer;
        var next = new IceSession(ours);
        restarting = next;
        node.addressed(ours.ufrag(), this);
        next.agent.start(peer.ufrag(), peer.password(), peer.controlling());
    }

    /** The session before is kept for a moment: what is still on its way on the old path arrives. */
    private void takeOver(IceSession next) {
        retire();
        IceSession before = ice;
        former = before;
        ice = next;
        restarting = null;
        loop.schedule(UNDER_WAY, () -> {
            if (former == before) {
                retire();
            }
        });
    }

    private void retire() {
        IceSession before = former;
        if (before != null) {
            former = null;
            end(before);
            // Both may have used the same address.
            ice.agent.claimPath();
        }
    }

    private void end(IceSession session) {
        node.unaddressed(session.agent.credentials().ufrag(), this);
        session.agent.close();
    }

    /** Takes a candidate attribute of the peer; what is malformed or useless is ignored. */
    public void addRemoteCandidate(String candidate) {
        if (!closed) {
            IceSession wanting = restarting == null ? ice : restarting;
            CandidateLine.parse(candidate).ifPresent(wanting.agent::addRemote);
        }
    }

    /** Whether packets can be sent and received. */
    public boolean connected() {
        return srtp != null && path != null && dtlsState == DtlsState.CONNECTED;
    }

    /**
     * Protects an RTP packet in place and sends it.
     *
     * @param buffer with {@link SrtpSession#OVERHEAD} octets free after the packet; holds ciphertext afterwards
     * @return whether it was handed to the network
     */
    public boolean sendRtp(byte[] buffer, int offset, int length) {
        SrtpSession session = srtp;
        IcePath way = path;
        if (session == null || way == null) {
            return false;
        }
        int protectedLength = session.protectRtp(buffer, offset, length);
        return protectedLength > 0 && way.send(buffer, offset, protectedLength);
    }

    /** Like {@link #sendRtp} for an RTCP compound packet. */
    public boolean sendRtcp(byte[] buffer, int offset, int length) {
        SrtpSession session = srtp;
        IcePath way = path;
        if (session == null || way == null) {
            return false;
        }
        int protectedLength = session.protectRtcp(buffer, offset, length);
        return protectedLength > 0 && way.send(buffer, offset, protectedLength);
    }

    /** Tells the peer that this is the end and leaves the sockets shortly afterwards. Idempotent. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        early.clear();
        if (dtls != null && path != null) {
            dtls.close();
            loop.schedule(CLOSE_LIMIT, this::free);
        } else {
            if (dtls != null) {
                dtls.close();
            }
            free();
        }
    }

    private void free() {
        if (!node.forget(this)) {
            return;
        }
        path = null;
        retire();
        end(ice);
        if (restarting != null) {
            end(restarting);
            restarting = null;
        }
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
        if (ownsPort) {
            port.close();
        }
    }

    /** Takes a datagram that came to this transport's sockets, and tells apart what it is (RFC 7983). */
    void datagram(LocalSocket socket, InetSocketAddress from, byte[] buffer, int offset, int length) {
        if (length < 2) {
            return;
        }
        int first = buffer[offset] & 0xFF;
        if (first < 4) {
            // Each takes what is meant for it: checks are signed with its password, answers are to its own checks.
            IceSession next = restarting;
            IceSession before = former;
            ice.agent.stun(socket, from, buffer, offset, length);
            if (next != null) {
                next.agent.stun(socket, from, buffer, offset, length);
            }
            if (before != null) {
                before.agent.stun(socket, from, buffer, offset, length);
            }
        } else if (first >= 128 && first < 192) {
            media(buffer, offset, length);
        } else if (first >= 20 && first < 64 && dtls != null) {
            lastFlight.clear();
            dtls.receive(buffer, offset, length);
        }
    }

    private void media(byte[] buffer, int offset, int length) {
        SrtpSession session = srtp;
        if (closed || length < 12) {
            return;
        }
        if (session == null) {
            if (early.size() < EARLY_LIMIT && dtls != null) {
                early.add(Arrays.copyOfRange(buffer, offset, offset + length));
            }
            return;
        }
        int type = buffer[offset + 1] & 0xFF;
        // RFC 5761 section 4: 192–223 is RTCP.
        if (type >= 192 && type < 224) {
            int plain = session.unprotectRtcp(buffer, offset, length);
            if (plain >= 8) {
                listener.rtcp(buffer, offset, plain);
            }
        } else {
            int plain = session.unprotectRtp(buffer, offset, length);
            if (plain >= 12) {
                listener.rtp(buffer, offset, plain);
            }
        }
    }

    private void startDtls(RemoteTransport peer) {
        Duration roundTrip = ice.agent.roundTrip() > 0 ? Duration.ofNanos(ice.agent.roundTrip()) : UNKNOWN_ROUND_TRIP;
        dtls = new DtlsAssociation(
                peer.localRole(), node.identity(), peer.fingerprint(), roundTrip, this::sendDtls, new Dtls());
        dtls.start();
    }

    private void sendDtls(byte[] datagram) {
        onLoop(() -> {
            if (dtlsState != DtlsState.CONNECTED && lastFlight.size() < FLIGHT_LIMIT) {
                lastFlight.add(datagram);
            }
            IcePath way = path;
            if (way != null) {
                way.send(datagram, 0, datagram.length);
            }
        });
    }

    /**
     * Sends what the peer has not answered yet on the path that has just been selected: on the one before it may have
     * been lost, and a handshake's timer is slow in comparison.
     */
    private void repeatLastFlight(IcePath way) {
        if (dtlsState == DtlsState.CONNECTING) {
            lastFlight.forEach(datagram -> way.send(datagram, 0, datagram.length));
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The node is closing, or so overloaded that losing a datagram is right.
            log.atDebug().setCause(e).log("task of a transport dropped");
        }
    }

    private void become(DtlsState next) {
        if (dtlsState != next && !closed) {
            dtlsState = next;
            listener.dtlsState(next);
        }
    }

    /** One ICE session; while it only tries to take over, nobody hears of its states. */
    private final class IceSession implements IceListener {

        private final IceAgent agent;

        IceSession(IceCredentials credentials) {
            agent = new IceAgent(loop, port, credentials, RtcTransport.this::datagram, this);
        }

        @Override
        public void iceState(IceState state) {
            if (restarting == this && state == IceState.FAILED) {
                restarting = null;
                end(this);
            }
            if (closed || ice != this) {
                return;
            }
            if (state == IceState.READY && !iceReady) {
                iceReady = true;
                listener.dtlsState(DtlsState.NEW);
                become(DtlsState.CONNECTING);
                if (dtls == null && remote != null) {
                    startDtls(remote);
                }
            }
            if (state == IceState.DISCONNECTED || state == IceState.FAILED) {
                path = null;
            }
            listener.iceState(state);
        }

        @Override
        public void pathSelected(IcePath selected, CandidateLine local, CandidateLine remoteCandidate) {
            if (restarting == this) {
                takeOver(this);
            }
            if (ice != this) {
                return;
            }
            path = selected;
            repeatLastFlight(selected);
            if (!closed) {
                listener.candidatePairSelected(local.toString(), remoteCandidate.toString());
            }
        }
    }

    private final class Dtls implements DtlsAssociation.Listener {

        @Override
        public void dtlsConnected(SrtpKeys keys) {
            onLoop(() -> {
                if (closed) {
                    return;
                }
                lastFlight.clear();
                srtp = new SrtpSession(keys);
                become(DtlsState.CONNECTED);
                for (byte[] packet = early.poll(); packet != null; packet = early.poll()) {
                    media(packet, 0, packet.length);
                }
            });
        }

        @Override
        public void dtlsClosed() {
            onLoop(() -> {
                become(DtlsState.CLOSED);
                if (closed) {
                    free();
                }
            });
        }

        @Override
        public void dtlsFailed(String reason) {
            onLoop(() -> {
                log.atInfo().addKeyValue("reason", reason).log("DTLS handshake failed");
                become(DtlsState.FAILED);
            });
        }
    }
}
