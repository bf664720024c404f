package dev.grandstand.webrtc.ice;

import dev.grandstand.webrtc.IceState;
import dev.grandstand.webrtc.net.LocalSocket;
import dev.grandstand.webrtc.net.MediaLoop;
import dev.grandstand.webrtc.net.UdpPort;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A full ICE agent (RFC 8445) for one stream with one component, trickling (RFC 8838) and holding its peer's consent
 * (RFC 7675), on sockets that it shares with other agents. Loop thread only, apart from the credentials.
 *
 * <p>Decision: this is our own rather than {@code ice4j}'s. Its single-port harvester can only be called, never call, so
 * that two nodes could not reach each other, and it gives every remote address a thread and a descriptor. This agent
 * costs neither; a tick every 20 ms while it checks and every second afterwards is all that runs.
 *
 * <p>It is quick where a standard agent is patient: a check is answered by a check at once (RFC 8445 section 7.3.1.4), the
 * first pair that works carries data until the controlling side nominates one, and a controlling agent nominates the
 * first pair that works.
 *
 * <p>Over the usual length: a check, its answer and what both mean for the pair are one state machine, which reads best in
 * one place.
 */
public final class IceAgent implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PAIR_LIMIT = 100;
    private static final Duration CHECKING_TICK = Duration.ofMillis(20);
    private static final Duration CONNECTED_TICK = Duration.ofSeconds(1);
    private static final long FIRST_RETRANSMISSION = Duration.ofMillis(100).toNanos();
    private static final long MAX_RETRANSMISSION = Duration.ofMillis(1_600).toNanos();
    private static final int MAX_TRANSMISSIONS = 9;
    private static final long RETRIGGER = Duration.ofMillis(50).toNanos();
    private static final long CONSENT_INTERVAL = Duration.ofSeconds(5).toNanos();
    private static final long CONSENT_LIMIT = Duration.ofSeconds(30).toNanos();

    private final MediaLoop loop;
    private final UdpPort port;
    private final LocalSocket.Route route;
    private final IceListener listener;
    private final IceCredentials credentials;
    private final long tieBreaker = RANDOM.nextLong();
    private final List<CandidateLine> locals = new ArrayList<>();
    private final List<CandidateLine> remotes = new ArrayList<>();
    private final List<CandidatePair> pairs = new ArrayList<>();
    private boolean controlling;
    private @Nullable String remoteUfrag;
    private @Nullable String remotePassword;
    private @Nullable CandidatePair selected;
    private IceState state = IceState.DISCONNECTED;
    private long checkingSince;
    private MediaLoop.@Nullable Timer timer;
    private boolean closed;

    /**
     * @param credentials ours
     * @param route what the sockets shall do with datagrams from addresses that this agent has verified or checks
     */
    public IceAgent(
            MediaLoop loop, UdpPort port, IceCredentials credentials, LocalSocket.Route route, IceListener listener) {
        this.loop = loop;
        this.port = port;
        this.credentials = credentials;
        this.route = route;
        this.listener = listener;
        int preference = 65_535;
        for (LocalSocket socket : port.sockets()) {
            InetSocketAddress address = socket.address();
            int type = 126;
            // Loopback comes last: it works for peers on the same machine only.
            int local = address.getAddress().isLoopbackAddress()
                    ? 100
                    : address.getAddress() instanceof Inet4Address ? preference : preference - 10_000;
            preference--;
            long priority = ((long) type << 24) | ((long) local << 8) | 255;
            locals.add(new CandidateLine(Integer.toString(locals.size() + 1), priority, address, "host"));
        }
    }

    public IceCredentials credentials() {
        return credentials;
    }

    /** The local candidates, preferred first; they are known from the start. */
    public List<CandidateLine> localCandidates() {
        return List.copyOf(locals);
    }

    /** Where data goes now, if there is a way. */
    public @Nullable IcePath path() {
        return selected == null ? null : selected.path;
    }

    /** Round trip time of the path in nanoseconds, 0 if it is not known. */
    public long roundTrip() {
        return selected == null ? 0 : selected.roundTrip;
    }

    /** Announces {@code GATHERING} unless checks have begun already. */
    public void gathering() {
        if (state == IceState.DISCONNECTED && checkingSince == 0) {
            become(IceState.GATHERING);
        }
    }

    /** Learns the peer's credentials and begins to check. */
    public void start(String remoteUfrag, String remotePassword, boolean controlling) {
        if (closed || this.remoteUfrag != null) {
            return;
        }
        this.remoteUfrag = remoteUfrag;
        this.remotePassword = remotePassword;
        this.controlling = controlling;
        checkingSince = loop.now();
        remotes.forEach(this::pairWithAll);
        tick();
    }

    /** Takes a remote candidate; duplicates and more than a reasonable number are ignored. */
    public void addRemote(CandidateLine candidate) {
        if (closed || remotes.size() >= PAIR_LIMIT) {
            return;
        }
        for (CandidatePair pair : pairs) {
            if (pair.remote.address().equals(candidate.address())
                    && pair.remote.type().equals("prflx")) {
                pair.remote = candidate;
            }
        }
        if (remotes.stream().anyMatch(known -> known.address().equals(candidate.address()))) {
            return;
        }
        remotes.add(candidate);
        if (remoteUfrag != null) {
            pairWithAll(candidate);
            if (selected == null) {
                tick();
            }
        }
    }

    private void pairWithAll(CandidateLine remote) {
        boolean v4 = remote.address().getAddress() instanceof Inet4Address;
        boolean loopback = remote.address().getAddress().isLoopbackAddress();
        List<LocalSocket> sockets = port.sockets();
        for (int i = 0; i < sockets.size(); i++) {
            var local = sockets.get(i).address().getAddress();
            if ((local instanceof Inet4Address) == v4 && local.isLoopbackAddress() == loopback) {
                pair(sockets.get(i), remote);
            }
        }
    }

    private @Nullable CandidatePair pair(LocalSocket socket, CandidateLine remote) {
        for (CandidatePair pair : pairs) {
            if (pair.path.socket() == socket && pair.remote.address().equals(remote.address())) {
                return pair;
            }
        }
        if (pairs.size() >= PAIR_LIMIT) {
            return null;
        }
        var pair = new CandidatePair(socket, locals.get(port.sockets().indexOf(socket)), remote);
        pairs.add(pair);
        pairs.sort(Comparator.comparingLong((CandidatePair p) -> p.priority(controlling))
                .reversed());
        return pair;
    }

    /** Takes a STUN message that was sent to this agent's sockets; {@code offset} is where it begins. */
    public void stun(LocalSocket socket, InetSocketAddress from, byte[] buffer, int offset, int length) {
        if (closed) {
            return;
        }
        StunMessage.parse(buffer, offset, length).ifPresent(message -> {
            switch (message.type()) {
                case StunMessage.BINDING_REQUEST -> request(socket, from, message);
                case StunMessage.BINDING_SUCCESS -> success(socket, from, message);
                case StunMessage.BINDING_ERROR -> error(message);
                default -> {
                    // Indications keep bindings open and want no answer.
                }
            }
        });
    }

    private void request(LocalSocket socket, InetSocketAddress from, StunMessage message) {
        String addressed = message.username().orElse("");
        if (!addressed.startsWith(credentials.ufrag() + ":") || !message.isSignedWith(credentials.password())) {
            return;
        }
        if (roleConflict(message)) {
            if (Long.compareUnsigned(
                                    tieBreaker,
                                    message.controlling()
                                            .or(message::controlled)
                                            .orElse(0L))
                            >= 0
                    == controlling) {
                reply(
                        socket,
                        from,
                        StunMessage.write(StunMessage.BINDING_ERROR, message.transactionId())
                                .errorCode(StunMessage.ROLE_CONFLICT));
                return;
            }
            controlling = !controlling;
        }
        reply(
                socket,
                from,
                StunMessage.write(StunMessage.BINDING_SUCCESS, message.transactionId())
                        .xorMappedAddress(from));
        var known = remotes.stream().filter(c -> c.address().equals(from)).findFirst();
        CandidatePair pair = pair(
                socket,
                known.orElseGet(() -> new CandidateLine("prflx", Math.max(1, message.priority()), from, "prflx")));
        if (pair == null) {
            return;
        }
        socket.route(from, route);
        if (message.useCandidate() && !controlling) {
            pair.nominated = true;
            if (pair.state == CandidatePair.State.SUCCEEDED) {
                select(pair);
            }
        }
        boolean idle = pair.transaction == null || loop.now() - pair.sentAt > RETRIGGER;
        if (pair.state != CandidatePair.State.SUCCEEDED && idle && remotePassword != null) {
            check(pair, false);
        }
    }

    private boolean roleConflict(StunMessage message) {
        return controlling
                ? message.controlling().isPresent()
                : message.controlled().isPresent();
    }

    private void reply(LocalSocket socket, InetSocketAddress to, StunMessage.Writer response) {
        byte[] bytes = response.signedWith(credentials.password());
        socket.send(bytes, 0, bytes.length, to);
    }

    private void success(LocalSocket socket, InetSocketAddress from, StunMessage message) {
        CandidatePair pair = underWay(message);
        String password = remotePassword;
        if (pair == null
                || password == null
                || pair.path.socket() != socket
                || !pair.remote.address().equals(from)
                || !message.isSignedWith(password)) {
            return;
        }
        pair.transaction = null;
        pair.consentAt = loop.now();
        if (pair.transmissions == 1) {
            pair.roundTrip = Math.max(1, loop.now() - pair.sentAt);
        }
        pair.state = CandidatePair.State.SUCCEEDED;
        if (pair.nominating) {
            pair.nominating = false;
            pair.nominated = true;
        }
        if (selected == null || (pair.nominated && !selected.nominated)) {
            select(pair);
        }
        if (controlling && !pair.nominated && pairs.stream().noneMatch(p -> p.nominated || p.nominating)) {
            check(pair, true);
        }
    }

    private void error(StunMessage message) {
        CandidatePair pair = underWay(message);
        if (pair != null && message.errorCode() == StunMessage.ROLE_CONFLICT && remotePassword != null) {
            // Not signed in every implementation, and harmless: the tie-breakers settle it anyway (section 7.2.5.1).
            controlling = !controlling;
            pair.transaction = null;
            check(pair, false);
        }
    }

    private @Nullable CandidatePair underWay(StunMessage message) {
        for (CandidatePair pair : pairs) {
            if (pair.transaction != null && Arrays.equals(pair.transaction, message.transactionId())) {
                return pair;
            }
        }
        return null;
    }

    private void check(CandidatePair pair, boolean nominate) {
        if (state != IceState.CONNECTED && state != IceState.READY) {
            become(IceState.CONNECTING);
        }
        byte[] transaction = new byte[StunMessage.TRANSACTION_ID_LENGTH];
        RANDOM.nextBytes(transaction);
        pair.transaction = transaction;
        pair.nominating = nominate;
        pair.transmissions = 0;
        if (pair.state != CandidatePair.State.SUCCEEDED) {
            pair.state = CandidatePair.State.IN_PROGRESS;
        }
        pair.path.socket().route(pair.path.remote(), route);
        transmit(pair, transaction);
    }

    private void transmit(CandidatePair pair, byte[] transaction) {
        String password = remotePassword;
        if (password == null) {
            return;
        }
        pair.transmissions++;
        pair.sentAt = loop.now();
        long peerReflexive = ((long) 110 << 24) | (pair.local.priority() & 0xFF_FFFF);
        var request = StunMessage.write(StunMessage.BINDING_REQUEST, transaction)
                .username(remoteUfrag + ":" + credentials.ufrag())
                .priority(peerReflexive)
                .role(controlling, tieBreaker);
        if (controlling && (pair.nominating || pair.nominated)) {
            request.useCandidate();
        }
        byte[] bytes = request.signedWith(password);
        pair.path.send(bytes, 0, bytes.length);
    }

    private void select(CandidatePair pair) {
        if (selected == pair) {
            return;
        }
        selected = pair;
        listener.pathSelected(pair.path, pair.local, pair.remote);
        become(IceState.CONNECTED);
        become(IceState.READY);
        reschedule(CONNECTED_TICK);
    }

    /** Once another agent has left the sockets, whose routes may have been those of this one's path. */
    public void claimPath() {
        CandidatePair pair = selected;
        if (pair != null) {
            pair.path.socket().route(pair.path.remote(), route);
        }
    }

    private void become(IceState next) {
        if (state != next) {
            state = next;
            listener.iceState(next);
        }
    }

    private void reschedule(Duration delay) {
        if (timer != null) {
            timer.cancel();
        }
        timer = closed ? null : loop.schedule(delay, this::tick);
    }

    private void tick() {
        if (closed) {
            return;
        }
        long now = loop.now();
        pairs.stream().filter(pair -> pair.transaction != null).forEach(pair -> retransmit(pair, now));
        if (selected == null) {
            // One new check per tick: RFC 8445 section 14.2 paces them.
            pairs.stream()
                    .filter(pair -> pair.state == CandidatePair.State.WAITING)
                    .findFirst()
                    .ifPresent(pair -> check(pair, false));
            if (state == IceState.CONNECTING && now - checkingSince > CONSENT_LIMIT) {
                become(IceState.FAILED);
            }
        } else {
            holdConsent(selected, now);
        }
        boolean busy = selected == null && state != IceState.FAILED && !pairs.isEmpty();
        reschedule(busy ? CHECKING_TICK : CONNECTED_TICK);
    }

    private void retransmit(CandidatePair pair, long now) {
        long wait = Math.min(MAX_RETRANSMISSION, FIRST_RETRANSMISSION << Math.min(6, pair.transmissions - 1));
        byte[] transaction = pair.transaction;
        if (transaction == null || now - pair.sentAt < wait) {
            return;
        }
        if (pair.transmissions < MAX_TRANSMISSIONS) {
            transmit(pair, transaction);
        } else {
            pair.transaction = null;
            pair.nominating = false;
            if (pair.state == CandidatePair.State.IN_PROGRESS) {
                pair.state = CandidatePair.State.FAILED;
            }
        }
    }

    private void holdConsent(CandidatePair pair, long now) {
        if (now - pair.consentAt > CONSENT_LIMIT) {
            pair.state = CandidatePair.State.FAILED;
            pair.nominated = false;
            pair.transaction = null;
            selected = null;
            checkingSince = now;
            become(IceState.DISCONNECTED);
            pairs.stream()
                    .filter(p -> p.state == CandidatePair.State.SUCCEEDED)
                    .findFirst()
                    .ifPresent(p -> check(p, controlling));
        } else if (pair.transaction == null && now - pair.sentAt > CONSENT_INTERVAL) {
            check(pair, false);
        }
    }

    /** Forgets the peer and leaves the sockets' routes. */
    @Override
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        for (CandidatePair pair : pairs) {
            pair.path.socket().unroute(pair.path.remote(), route);
        }
        pairs.clear();
        selected = null;
    }
}
