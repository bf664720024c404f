package dev.grandstand.relay;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.RtcPeerListener;
import dev.grandstand.webrtc.sdp.Direction;
import dev.grandstand.webrtc.sdp.SdpException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Somebody who presents, or watches, until they have seen a picture. */
final class RehearsalGuest implements RtcPeerListener, AutoCloseable {

    private static final int PAUSE_MILLIS = 10;
    private static final int TICKS = 3_000;

    /** A keyframe of 16 by 16 pixels: RFC 7741's descriptor, then RFC 6386's header. */
    private static final byte[] KEYFRAME = {0x10, 0x10, 2, 0, (byte) 0x9D, 0x01, 0x2A, 16, 0, 16, 0, 0, 0, 0, 0, 0};

    private final RtcPeer peer;
    private final String offer;
    private final CountDownLatch seen = new CountDownLatch(1);

    private RehearsalGuest(RtcNode node, Direction direction) {
        peer = new RtcPeer(node, this);
        offer = peer.offer(Optional.of(direction), Optional.of(direction));
    }

    static RehearsalGuest presenter(RtcNode node) {
        return new RehearsalGuest(node, Direction.SENDONLY);
    }

    static RehearsalGuest viewer(RtcNode node) {
        return new RehearsalGuest(node, Direction.RECVONLY);
    }

    String offer() {
        return offer;
    }

    void accept(String answer) throws SdpException {
        peer.acceptAnswer(answer);
    }

    /** What cannot be sent yet is dropped, so that each is sent a picture as soon as both are connected. */
    void sendUntilSeenBy(List<RehearsalGuest> viewers, int patienceSeconds)
            throws InterruptedException, TimeoutException {
        int type = peer.codec(MediaKind.VIDEO, "VP8").orElseThrow().payloadType();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        int timestamp = 0;
        for (var viewer : viewers) {
            do {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("nothing was seen in time");
                }
                timestamp += TICKS;
                peer.send(MediaKind.VIDEO, type, KEYFRAME, timestamp, true);
            } while (!viewer.seen.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    @Override
    public void rtp(MediaKind kind, byte[] buffer, int offset, int length) {
        seen.countDown();
    }

    @Override
    public void close() {
        peer.close();
    }
}
