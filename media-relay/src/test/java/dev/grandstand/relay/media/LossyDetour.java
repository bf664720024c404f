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

/** A NAT between one client and a relay that loses a share of the media in both directions. */
final class LossyDetour implements AutoCloseable {

    private final DatagramSocket nearClient;
    private final DatagramSocket nearRelay;
    private final InetSocketAddress relay;
    private final Random random;
    private final double loss;
    final AtomicInteger dropped = new AtomicInteger();
    private volatile @Nullable SocketAddress client;

    LossyDetour(int relayPort, long seed, double loss) {
        try {
            relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), relayPort);
            nearClient = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            nearRelay = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.random = new Random(seed);
        this.loss = loss;
        Thread.ofVirtual().start(() -> pump(nearClient, true));
        Thread.ofVirtual().start(() -> pump(nearRelay, false));
    }

    int port() {
        return nearClient.getLocalPort();
    }

    private void pump(DatagramSocket from, boolean towardsRelay) {
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        try {
            while (!from.isClosed()) {
                packet.setLength(2_048);
                from.receive(packet);
                if (towardsRelay) {
                    client = packet.getSocketAddress();
                    if (!lost(packet)) {
                        nearRelay.send(new DatagramPacket(packet.getData(), packet.getLength(), relay));
                    }
                } else if (client != null && !lost(packet)) {
                    nearClient.send(new DatagramPacket(packet.getData(), packet.getLength(), client));
                }
            }
        } catch (IOException e) {
            // The socket was closed: the test is over.
            return;
        }
    }

    private synchronized boolean lost(DatagramPacket packet) {
        int first = packet.getData()[0] & 0xFF;
        int type = packet.getData()[1] & 0xFF;
        boolean media = first >= 128 && first < 192 && (type < 192 || type > 223);
        if (media && random.nextDouble() < loss) {
            dropped.incrementAndGet();
            return true;
        }
        return false;
    }

    @Override
    public void close() {
        nearClient.close();
        nearRelay.close();
    }
}
