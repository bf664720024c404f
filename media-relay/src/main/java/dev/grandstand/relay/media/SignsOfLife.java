package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import java.time.Duration;

/** Whether anything is heard of a peer, and which media flow; tells the listener of changes. Loop thread. */
final class SignsOfLife {

    private static final long SILENCE = Duration.ofSeconds(25).toNanos();
    private static final MediaKind[] KINDS = MediaKind.values();

    private final RtcEndpointListener listener;
    // By the kind's ordinal: these are looked up for every packet. Names are Kurento's, see RtcEndpoint.
    private final Flow[] in = {new Flow(), new Flow()};
    private final Flow[] out = {new Flow(), new Flow()};
    private boolean heard;
    private long lastHeard;

    SignsOfLife(RtcEndpointListener listener) {
        this.listener = listener;
    }

    /** Something came from the peer. */
    void heard(long now) {
        lastHeard = now;
        if (!heard) {
            heard = true;
            listener.mediaState(true);
        }
    }

    /** A packet went to the peer. */
    void sent(MediaKind kind, long now) {
        if (in[kind.ordinal()].packet(now)) {
            listener.mediaFlowIn(kind, true);
        }
    }

    /** A packet came from the peer; returns whether the flow begins with it. */
    boolean received(MediaKind kind, long now) {
        boolean begins = out[kind.ordinal()].packet(now);
        if (begins) {
            listener.mediaFlowOut(kind, true);
        }
        return begins;
    }

    /** Finds out what has ceased. */
    void tick(long now) {
        for (MediaKind kind : KINDS) {
            if (in[kind.ordinal()].ceased(now)) {
                listener.mediaFlowIn(kind, false);
            }
            if (out[kind.ordinal()].ceased(now)) {
                listener.mediaFlowOut(kind, false);
            }
        }
        if (heard && now - lastHeard > SILENCE) {
            heard = false;
            listener.mediaState(false);
        }
    }

    /** Any thread. */
    boolean flowingIn(MediaKind kind) {
        return in[kind.ordinal()].flowing();
    }

    /** Any thread. */
    boolean flowingOut(MediaKind kind) {
        return out[kind.ordinal()].flowing();
    }
}
