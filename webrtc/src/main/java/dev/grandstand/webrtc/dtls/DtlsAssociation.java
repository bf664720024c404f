package dev.grandstand.webrtc.dtls;

import dev.grandstand.webrtc.srtp.SrtpKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DTLS association with one peer: the handshake that yields SRTP keys, and afterwards the watch for the peer's
 * {@code close_notify}. Bouncy Castle's protocol engine blocks, so the handshake has a virtual thread; afterwards there is
 * one only while a datagram is being read: a parked one would hold more memory than all the rest of an association.
 */
public final class DtlsAssociation {

    /** Which side begins. */
    public enum Role {
        CLIENT,
        SERVER
    }

    /** Told how it went, on the association's own thread. */
    public interface Listener {
        void dtlsConnected(SrtpKeys keys);

        /** The peer, or this side, ended an established association; nothing is sent any more. */
        void dtlsClosed();

        /** There is no association, and will be none. */
        void dtlsFailed(String reason);
    }

    /** Sends a datagram to the peer; must not block. */
    public interface Sender {
        void send(byte[] datagram);
    }

    private static final Logger log = LoggerFactory.getLogger(DtlsAssociation.class);
    /** Several flights of a handshake, fragmented; more than that is somebody's flood. */
    private static final int QUEUE_LIMIT = 64;

    private static final int RECEIVE_LIMIT = 2_048;
    /** Fits every path that WebRTC meets: IPv6's least MTU of 1280 less IP, UDP and TURN headers. */
    private static final int SEND_LIMIT = 1_200;

    /** RFC 6347 suggests a second, for want of an estimate; ICE has given us one. */
    private static final int LEAST_RESEND_MILLIS = 50;

    /**
     * However long a check took: on a busy machine that says more of the machine than of the way, and whoever waits for a
     * second then waits for nothing. Browsers begin with 50 ms over any distance, and what comes twice does no harm.
     */
    private static final int MOST_RESEND_MILLIS = 200;

    /** Bouncy Castle takes 0 for ever. */
    private static final int NO_WAIT_MILLIS = 1;

    private static final byte[] CLOSE = new byte[0];

    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final Role role;
    private final DtlsIdentity identity;
    private final Fingerprint expected;
    private final int resendMillis;
    private final Sender sender;
    private final Listener listener;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile @Nullable Established established;
    private volatile boolean closing;

    /** What is left of a handshake. */
    private record Established(DTLSTransport transport, DtlsPeer peer, Link link) {}

    /**
     * @param expected fingerprint of the certificate that the peer must show
     * @param roundTrip to the peer as far as known; a flight is repeated when four times that long, but 200 ms at most, nothing came
     */
    public DtlsAssociation(
            Role role,
            DtlsIdentity identity,
            Fingerprint expected,
            Duration roundTrip,
            Sender sender,
            Listener listener) {
        this.role = role;
        this.identity = identity;
        this.expected = expected;
        this.resendMillis = resendMillis(roundTrip);
        this.sender = sender;
        this.listener = listener;
    }

    /** After which time, at first, a flight is taken for lost. */
    static int resendMillis(Duration roundTrip) {
        return (int) Math.clamp(4 * roundTrip.toMillis(), LEAST_RESEND_MILLIS, MOST_RESEND_MILLIS);
    }

    /** Begins; a client sends its first flight at once. Call once. */
    public void start() {
        Thread.ofVirtual().name("dtls").start(this::run);
    }

    /** Takes a DTLS datagram of the peer, or drops it when too many are waiting; never blocks. */
    public void receive(byte[] buffer, int offset, int length) {
        if (!received.offer(Arrays.copyOfRange(buffer, offset, offset + length))) {
            log.atDebug().log("DTLS datagram dropped, the peer sends faster than it can be answered");
        }
        readSoon();
    }

    /** Sends {@code close_notify} if there is an association, and ends; returns at once. */
    public void close() {
        closing = true;
        received.clear();
        received.offer(CLOSE);
        readSoon();
    }

    private void readSoon() {
        var association = established;
        if (association != null && reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("dtls").start(() -> read(association));
        }
    }

    private void run() {
        var peer = new DtlsPeer(identity, expected, resendMillis);
        var link = new Link(peer);
        DTLSTransport transport;
        try {
            transport = switch (role) {
                case CLIENT -> new DTLSClientProtocol().connect(peer.asClient(), link);
                case SERVER -> new DTLSServerProtocol().accept(peer.asServer(), link);
            };
        } catch (IOException | RuntimeException e) {
            link.flush();
            if (closing) {
                listener.dtlsClosed();
            } else {
                log.atDebug().setCause(e).log("DTLS handshake failed");
                listener.dtlsFailed(String.valueOf(e.getMessage()));
            }
            return;
        }
        link.flush();
        listener.dtlsConnected(peer.keys());
        established = new Established(transport, peer, link);
        // What came before that.
        readSoon();
    }

    /** Reads what has come; when the association is over, nothing is read any more. */
    private void read(Established association) {
        do {
            if (isOver(association)) {
                end(association);
                return;
            }
            reading.set(false);
        } while (!received.isEmpty() && reading.compareAndSet(false, true));
    }

    private boolean isOver(Established association) {
        byte[] data = new byte[RECEIVE_LIMIT];
        try {
            while (!closing && !association.peer().closedByPeer() && !received.isEmpty()) {
                // Application data has no meaning here; data channels are not offered.
                association.transport().receive(data, 0, data.length, NO_WAIT_MILLIS);
            }
            association.link().flush();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("DTLS association ended");
            return true;
        }
        return closing || association.peer().closedByPeer();
    }

    private void end(Established association) {
        try {
            association.transport().close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("close_notify not sent");
        }
        listener.dtlsClosed();
    }

    /**
     * What Bouncy Castle reads from and writes to. It writes record by record; a flight's records go out together, as
     * browsers send them, once it reads again. Not for speed alone: it takes a change of ciphers as soon as it comes, and
     * from then on refuses what was before it. A flight whose records overtake each other, or of which one is lost, would
     * never be complete, however often it is repeated.
     */
    private final class Link implements DatagramTransport {

        private final DtlsPeer peer;
        private byte[] flight = {};
        private int filled;

        Link(DtlsPeer peer) {
            this.peer = peer;
        }

        @Override
        public int getReceiveLimit() {
            return RECEIVE_LIMIT;
        }

        @Override
        public int getSendLimit() {
            return SEND_LIMIT;
        }

        @Override
        public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
            // The engine goes on reading after a close_notify, until its caller's time is over.
            if (peer.closedByPeer()) {
                throw new IOException("closed by the peer");
            }
            flush();
            try {
                byte[] datagram = received.poll(waitMillis, TimeUnit.MILLISECONDS);
                if (closing || datagram == CLOSE) {
                    throw new IOException("closed");
                }
                if (datagram == null) {
                    return -1;
                }
                int copied = Math.min(length, datagram.length);
                System.arraycopy(datagram, 0, buffer, offset, copied);
                return copied;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void send(byte[] buffer, int offset, int length) {
            if (filled + length > SEND_LIMIT) {
                flush();
            }
            if (flight.length == 0) {
                flight = new byte[SEND_LIMIT];
            }
            System.arraycopy(buffer, offset, flight, filled, length);
            filled += length;
        }

        private void flush() {
            if (filled > 0) {
                sender.send(Arrays.copyOf(flight, filled));
                // Not kept: a handshake is short, and what follows it long.
                flight = new byte[0];
                filled = 0;
            }
        }

        @Override
        public void close() {
            // The sockets belong to the node.
            flush();
        }
    }
}
