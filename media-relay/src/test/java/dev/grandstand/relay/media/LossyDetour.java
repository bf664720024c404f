package dev.grandstand.relay.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A NAT between one client and a relay that loses a share of the media in both directions, or in each direction what is
 * more than its line carries, without ever queueing.
 */
final class LossyDetour implements AutoCloseable {

    private final DatagramSocket nearClient;
    private final DatagramSocket nearRelay;
    private final InetSocketAddress relay;
    private final Random random;
    private final double loss;
    private final long bitsPerSecond;
    final AtomicInteger dropped = new AtomicInteger();
    private volatile @Nullable SocketAddress client;

    LossyDetour(int relayPort, long seed, double loss) {
        this(relayPort, seed, loss, Long.MAX_VALUE);
    }

    /** One that carries no more media than this in each direction. */
    static LossyDetour narrow(int relayPort, long bitsPerSecond) {
        return new LossyDetour(relayPort, 1, 0, bitsPerSecond);
    }

    private LossyDetour(int relayPort, long seed, double loss, long bitsPerSecond) {
        try {
            relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), relayPort);
            nearClient = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            nearRelay = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.random = new Random(seed);
        this.loss = loss;
        this.bitsPerSecond = bitsPerSecond;
        Thread.ofVirtual().start(() -> pump(nearClient, true));
        Thread.ofVirtual().start(() -> pump(nearRelay, false));
    }

    int port() {
        return nearClient.getLocalPort();
    }

    private void pump(DatagramSocket from, boolean towardsRelay) {
        var line = new Line();
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        try {
            while (!from.isClosed()) {
                packet.setLength(2_048);
                from.receive(packet);
                if (towardsRelay) {
                    client = packet.getSocketAddress();
                    if (!lost(packet, line)) {
                        nearRelay.send(new DatagramPacket(packet.getData(), packet.getLength(), relay));
                    }
                } else if (client != null && !lost(packet, line)) {
                    nearClient.send(new DatagramPacket(packet.getData(), packet.getLength(), client));
                }
            }
        } catch (IOException e) {
            // The socket was closed: the test is over.
            return;
        }
    }

    private synchronized boolean lost(DatagramPacket packet, Line line) {
        int first = packet.getData()[0] & 0xFF;
        int type = packet.getData()[1] & 0xFF;
        boolean media = first >= 128 && first < 192 && (type < 192 || type > 223);
        if (media && (random.nextDouble() < loss || !line.carries(packet.getLength()))) {
            dropped.incrementAndGet();
            return true;
        }
        return false;
    }

    /** A direction's budget: a tenth of a second's worth at most. */
    private final class Line {

        private double octets = bitsPerSecond / 80.0;
        private long filledAt = System.nanoTime();

        boolean carries(int length) {
            long now = System.nanoTime();
            octets = Math.min(bitsPerSecond / 80.0, octets + (now - filledAt) / 8e9 * bitsPerSecond);
            filledAt = now;
            if (octets < length) {
                return false;
            }
            octets -= length;
            return true;
        }
    }

    @Override
    public void close() {
        nearClient.close();
        nearRelay.close();
    }
}
