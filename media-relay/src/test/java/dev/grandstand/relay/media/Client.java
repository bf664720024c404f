package dev.grandstand.relay.media;

import static org.awaitility.Awaitility.await;

import dev.grandstand.webrtc.IceCandidate;
import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.RtcPeer;
import dev.grandstand.webrtc.RtcPeerListener;
import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.sdp.Direction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A peer of a relay's endpoint, with what it received. */
final class Client implements RtcPeerListener, AutoCloseable {

    /** A received packet. */
    record Packet(int sequence, int timestamp, int payloadType, boolean marker, byte[] payload) {}

    final RtcPeer peer;
    final Events events = new Events();
    final RtcEndpoint endpoint;
    final List<Packet> video = new CopyOnWriteArrayList<>();
    final List<Packet> audio = new CopyOnWriteArrayList<>();
    final AtomicInteger keyframeRequests = new AtomicInteger();
    /** What the relay last said that this peer may send, in bit/s. */
    volatile long mayBeSent;

    volatile boolean connected;
    volatile boolean disconnected;

    Client(RtcNode node, MediaEngine engine) {
        peer = new RtcPeer(node, this);
        endpoint = engine.createEndpoint(events);
    }

    /** Negotiates and waits until packets can flow; there is nothing that the relay has to be told beside the offer. */
    Client connect(Direction direction) throws Exception {
        negotiate(direction, UnaryOperator.identity());
        return awaitConnected();
    }

    /** Like {@link #connect(Direction)}, but the client knows of one address only, and the relay of none. */
    Client connect(Direction direction, LossyDetour detour) throws Exception {
        negotiate(direction, Client::withoutCandidates);
        peer.addCandidate(
                new IceCandidate("candidate:9 1 UDP 99 127.0.0.1 " + detour.port() + " typ host", "audio0", 0));
        return awaitConnected();
    }

    private void negotiate(Direction direction, UnaryOperator<String> answered) throws Exception {
        String offer = peer.offer(Optional.of(direction), Optional.of(direction));
        peer.acceptAnswer(answered.apply(endpoint.processOffer(offer)));
    }

    /** For whoever is to find another way. */
    static String withoutCandidates(String sdp) {
        return sdp.replaceAll("a=candidate:.*\\R", "");
    }

    private Client awaitConnected() {
        await().atMost(Duration.ofSeconds(10)).until(() -> connected && events.log.contains("dtls CONNECTED"));
        return this;
    }

    void sendVideo(byte[] payload, int timestamp, boolean marker) {
        int type = peer.codec(MediaKind.VIDEO, "VP8").orElseThrow().payloadType();
        peer.send(MediaKind.VIDEO, type, payload, timestamp, marker);
    }

    void sendAudio(byte[] payload, int timestamp) {
        int type = peer.codec(MediaKind.AUDIO, "opus").orElseThrow().payloadType();
        peer.send(MediaKind.AUDIO, type, payload, timestamp, false);
    }

    void viewerOf(Client publisher) {
        for (MediaKind kind : MediaKind.values()) {
            publisher.endpoint.connect(endpoint, kind);
        }
    }

    @Override
    public void connected() {
        connected = true;
    }

    @Override
    public void disconnected() {
        disconnected = true;
    }

    @Override
    public void keyframeRequested() {
        keyframeRequests.incrementAndGet();
    }

    @Override
    public void bandwidthEstimated(long bitsPerSecond) {
        mayBeSent = bitsPerSecond;
    }

    @Override
    public void rtp(MediaKind kind, byte[] b, int offset, int length) {
        var packet = new Packet(
                Rtp.sequence(b, offset),
                Rtp.timestamp(b, offset),
                Rtp.payloadType(b, offset),
                Rtp.marker(b, offset),
                Arrays.copyOfRange(b, offset + Rtp.headerLength(b, offset, length), offset + length));
        (kind == MediaKind.VIDEO ? video : audio).add(packet);
    }

    @Override
    public void close() {
        peer.close();
        endpoint.release();
    }
}
