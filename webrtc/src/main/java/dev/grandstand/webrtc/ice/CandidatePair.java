package dev.grandstand.webrtc.ice;

import dev.grandstand.webrtc.net.LocalSocket;
import org.jspecify.annotations.Nullable;

/** A pair of candidates and what its connectivity checks have shown (RFC 8445 section 6.1.2.6). */
final class CandidatePair {

    enum State {
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    final IcePath path;
    final CandidateLine local;
    CandidateLine remote;
    State state = State.WAITING;
    boolean nominated;

    /** Check under way: its transaction, how often and when it was last sent, whether it carries USE-CANDIDATE. */
    byte @Nullable [] transaction;

    boolean nominating;
    int transmissions;
    long sentAt;

    /** Of the last check that was answered at the first attempt, 0 if there was none. */
    long roundTrip;

    /** When the peer last answered a check: its consent to receive (RFC 7675). */
    long consentAt;

    CandidatePair(LocalSocket socket, CandidateLine local, CandidateLine remote) {
        this.path = new IcePath(socket, remote.address());
        this.local = local;
        this.remote = remote;
    }

    /** Pair priority of RFC 8445 section 6.1.2.3. */
    long priority(boolean controlling) {
        long g = controlling ? local.priority() : remote.priority();
        long d = controlling ? remote.priority() : local.priority();
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }
}
