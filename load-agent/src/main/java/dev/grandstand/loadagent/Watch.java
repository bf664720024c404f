package dev.grandstand.loadagent;

import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.IceCandidate;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.RtcPeerListener;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.sdp.Codec;
import dev.grandstand.webrtc.sdp.Direction;
import dev.grandstand.webrtc.sdp.SdpException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream that a viewer watches: its connection to the media node, and what comes over it. */
final class Watch implements RtcPeerListener, AutoCloseable {

    /** Times of {@link System#nanoTime}, 0 for what has not happened. */
    record Times(long answered, long connected, long firstPacket, long firstKeyframe) {}

    private final RtcNode node;
    private final Way way;
    private final StreamId stream;
    private final Consumer<Watch> ended;
    private final Runnable shown;
    private final RtcPeer peer;
    private final String offer;
    private final FrameCounter counter = new FrameCounter();
    private @Nullable Watch former;
    private Runnable swapped = () -> {};
    private volatile long answered;
    /** The payload type that was agreed on, −1 if it was not. */
    private volatile int h264 = -1;

    private volatile boolean pictured;
    private long connected;
    private long firstPacket;

    /**
     * Blocks for a moment: not for event loops.
     *
     * @param lastDecoded {@link System#nanoTime} of the last picture that an earlier connection for this stream brought,
     *     0 if there was none
     * @param shown told of the first picture that can be shown, on the media loop's thread
     * @param ended told, on the media loop's thread, when the connection is over and {@link #close} did not end it
     */
    Watch(RtcNode node, Way way, StreamId stream, long lastDecoded, Runnable shown, Consumer<Watch> ended) {
        this.node = node;
        this.way = way;
        this.stream = stream;
        this.shown = shown;
        this.ended = ended;
        counter.decoder().resume(lastDecoded);
        peer = new RtcPeer(node, this);
        offer = peer.offer(Optional.of(Direction.RECVONLY), Optional.of(Direction.RECVONLY));
    }

    /** Asks for the stream; completes with the answer, while ICE and DTLS still work. */
    Future<Void> start(SignalingClient signaling) {
        return signaling
                .request(id -> new ClientMessage.View(id, stream, offer))
                .compose(reply -> reply instanceof ServerMessage.Answer answer
                        ? accept(answer, signaling)
                        : Future.failedFuture("no answer but " + reply));
    }

    private Future<Void> accept(ServerMessage.Answer answer, SignalingClient signaling) {
        answered = System.nanoTime();
        try {
            peer.acceptAnswer(way.through(answer.sdp()));
            h264 = peer.codec(MediaKind.VIDEO, VideoCodec.H264.name())
                    .map(Codec::payloadType)
                    .orElse(-1);
        } catch (SdpException e) {
            return Future.failedFuture(e);
        }
        if (way.announced()) {
            Candidates.send(peer, stream, signaling);
        }
        return Future.succeededFuture();
    }

    void addCandidate(IceCandidate candidate) {
        way.to(candidate.candidate())
                .map(line -> new IceCandidate(line, candidate.sdpMid(), candidate.sdpMLineIndex()))
                .ifPresent(use -> peer.addCandidate(Candidates.fromWire(use)));
    }

    @Override
    public void connected() {
        connected = System.nanoTime();
    }

    @Override
    public void disconnected() {
        ended.accept(this);
    }

    @Override
    public void rtp(MediaKind kind, byte[] buffer, int offset, int length) {
        long now = System.nanoTime();
        firstPacket = firstPacket == 0 ? now : firstPacket;
        if (kind == MediaKind.VIDEO) {
            if (former != null) {
                // What was seen last was the other's; a viewer does not mind which connection it came by.
                counter.decoder().resume(former.counter.decoder().lastDecoded());
            }
            long before = counter.decoder().decoded();
            counter.received(codecOf(buffer, offset), buffer, offset, length, now);
            if (before == 0 && counter.decoder().decoded() > 0) {
                shown.run();
            }
            pictured = pictured || counter.keyframes() > 0;
            if (former != null && counter.decoder().decoded() > 0) {
                former = null;
                swapped.run();
            }
        }
    }

    private VideoCodec codecOf(byte[] buffer, int offset) {
        return Rtp.payloadType(buffer, offset) == h264 ? VideoCodec.H264 : VideoCodec.VP8;
    }

    /**
     * Takes over from another connection for the same stream with the first picture that can be shown. Before
     * {@link #start}.
     *
     * @param done told so, on the media loop's thread
     */
    void takeOver(Watch before, Runnable done) {
        node.loop().run(() -> {
            former = before;
            swapped = done;
        });
    }

    /** Adds what came so far; the media loop's thread only. */
    void addTo(Tally tally) {
        tally.add(peer.stats(), counter, System.nanoTime());
    }

    void requestKeyframe() {
        peer.requestKeyframe();
    }

    /** Whether a complete keyframe has come; any thread. */
    boolean pictured() {
        return pictured;
    }

    /** Hangs up, and hands over what came until the last picture, on the media loop's thread. */
    void close(BiConsumer<Tally, Long> last) {
        try {
            node.loop().run(() -> {
                var tally = new Tally();
                long lastDecoded = counter.decoder().lastDecoded();
                tally.add(peer.stats(), counter, lastDecoded);
                last.accept(tally.ended(), lastDecoded);
            });
        } catch (RejectedExecutionException e) {
            // The agent is closed, and nobody counts any more.
            return;
        }
        close();
    }

    /** The media loop's thread only. */
    Times times() {
        return new Times(answered, connected, firstPacket, counter.firstKeyframeNanos());
    }

    @Override
    public void close() {
        peer.close();
    }
}
