package dev.grandstand.webrtc;

import dev.grandstand.webrtc.dtls.DtlsIdentity;
import dev.grandstand.webrtc.dtls.Fingerprint;
import dev.grandstand.webrtc.dtls.HandshakeRehearsal;
import dev.grandstand.webrtc.ice.IceCredentials;
import dev.grandstand.webrtc.ice.StunRequests;
import dev.grandstand.webrtc.net.LocalSocket;
import dev.grandstand.webrtc.net.MediaLoop;
import dev.grandstand.webrtc.net.UdpPort;
import dev.grandstand.webrtc.sdp.Direction;
import dev.grandstand.webrtc.sdp.LocalTransport;
import dev.grandstand.webrtc.sdp.Negotiator;
import dev.grandstand.webrtc.sdp.SdpException;
import dev.grandstand.webrtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all transports of a process share: one thread, one UDP port, one certificate.
 *
 * <p>Transports that answer offers use the shared port; peers are told apart by their addresses, and a peer's first check
 * finds its transport by the user name in it. A transport that makes an offer can be given a port of its own, because two
 * nodes that share one port each would have but one pair of addresses between them for all their transports.
 */
public final class RtcNode implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RtcNode.class);
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(500);

    /** Which port a transport uses. */
    public enum PortUse {
        SHARED,
        /** A free port, closed with the transport. For offers, and for clients that stand for many browsers. */
        OWN
    }

    private final MediaLoop loop = new MediaLoop();
    private final CompletableFuture<DtlsIdentity> identity = new CompletableFuture<>();
    private final boolean loopback;
    private final UdpPort port;
    private final Map<String, RtcTransport> byUfrag = new HashMap<>();
    private final Set<RtcTransport> transports = new HashSet<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final AtomicBoolean closeBegun = new AtomicBoolean();
    private boolean closed;

    private RtcNode(int port, boolean loopback) {
        this.loopback = loopback;
        try {
            this.port = UdpPort.open(loop, port, loopback, this::unrouted);
        } catch (RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    /**
     * Opens a node.
     *
     * @param port the shared UDP port, 0 for a free one
     * @param loopback whether to listen on the IPv4 loopback address too
     * @throws java.io.UncheckedIOException if the port cannot be bound
     */
    public static RtcNode open(int port, boolean loopback) {
        var node = new RtcNode(port, loopback);
        Thread.ofPlatform().name("rtc-rehearsal").daemon(true).start(node::prepare);
        return node;
    }

    /** The shared UDP port. */
    public int port() {
        return port.port();
    }

    /** Fingerprint of the certificate that this process shows. */
    public Fingerprint fingerprint() {
        return identity().fingerprint();
    }

    /** The thread to which all transports belong. */
    public MediaLoop loop() {
        return loop;
    }

    DtlsIdentity identity() {
        return identity.join();
    }

    /**
     * Makes the certificate and rehearses what every peer needs. Apart, because loading the cryptography takes half a
     * second, in which the rest of a process can start; and ahead, because the first peer should not wait for it.
     */
    private void prepare() {
        try {
            DtlsIdentity made = DtlsIdentity.create();
            identity.complete(made);
            SrtpSession.warmUp();
            var rehearsed = new LocalTransport(IceCredentials.random(), made.fingerprint());
            var both = Optional.of(Direction.SENDRECV);
            new Negotiator("-", rehearsed).answer(new Negotiator("-", rehearsed).offer(both, both));
            boolean agreed = HandshakeRehearsal.run(made);
            log.atDebug().addKeyValue("agreed", agreed).log("rehearsed");
        } catch (RuntimeException | SdpException e) {
            identity.completeExceptionally(e);
            log.atError().setCause(e).log("this platform cannot do what WebRTC needs");
        }
    }

    /**
     * Creates a transport; any thread.
     *
     * @throws IllegalStateException if the node is closed
     */
    public RtcTransport createTransport(PortUse use, RtcTransportListener listener) {
        return loop.call(() -> {
            if (closed) {
                throw new IllegalStateException("node is closed");
            }
            boolean own = use == PortUse.OWN;
            var credentials = IceCredentials.random();
            var transport = new RtcTransport(
                    this, own ? UdpPort.open(loop, 0, loopback, this::unrouted) : port, own, credentials, listener);
            addressed(credentials.ufrag(), transport);
            transports.add(transport);
            return transport;
        });
    }

    /** How many transports exist; any thread. */
    public int transportCount() {
        return loop.call(transports::size);
    }

    /** From now on a first check with this user name finds the transport. */
    void addressed(String ufrag, RtcTransport transport) {
        byUfrag.put(ufrag, transport);
    }

    void unaddressed(String ufrag, RtcTransport transport) {
        byUfrag.remove(ufrag, transport);
    }

    boolean forget(RtcTransport transport) {
        boolean known = transports.remove(transport);
        if (closed && transports.isEmpty()) {
            drained.complete(null);
        }
        return known;
    }

    private void unrouted(LocalSocket socket, InetSocketAddress from, byte[] buffer, int offset, int length) {
        StunRequests.addressedUfrag(buffer, offset, length).map(byUfrag::get).ifPresent(transport -> {
            transport.datagram(socket, from, buffer, offset, length);
        });
    }

    /** Says goodbye to all peers, closes the port and ends the thread. Idempotent; takes half a second at most. */
    @Override
    public void close() {
        if (!closeBegun.compareAndSet(false, true)) {
            return;
        }
        loop.execute(() -> {
            closed = true;
            if (transports.isEmpty()) {
                drained.complete(null);
            }
            List.copyOf(transports).forEach(RtcTransport::close);
        });
        try {
            drained.get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.atWarn().setCause(e).log("not all peers were told that the node closes");
        }
        port.close();
        loop.close();
    }
}
