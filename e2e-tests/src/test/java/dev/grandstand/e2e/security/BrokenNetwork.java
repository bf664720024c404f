package dev.grandstand.e2e.security;

import dev.grandstand.loadagent.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A NAT between viewers and one media node that does to datagrams what a {@link Weather} says. */
final class BrokenNetwork implements Way, AutoCloseable {

    /**
     * What happens on the way, in both directions.
     *
     * @param loss share of datagrams that never arrive
     * @param jitter each is late by anything up to this, so that they overtake each other
     * @param mischief for each datagram, how many others come along: its copy, cut, changed, or mere noise
     */
    record Weather(double loss, Duration jitter, int mischief) {}

    private static final int LARGEST = 2_048;

    /** Opus as agents send it is shorter, video longer; both are encrypted, and told apart by nothing else. */
    private static final int SHORTEST_VIDEO = 200;

    private static final Pattern ADDRESS = Pattern.compile(".* (127\\.0\\.0\\.1) (\\d+) typ host.*");

    final AtomicInteger videoDropped = new AtomicInteger();
    final AtomicInteger invented = new AtomicInteger();
    private final Weather weather;
    private final Random random;
    private final DatagramSocket nearViewers;
    private final Map<SocketAddress, DatagramSocket> nearNode = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1);
    private volatile @Nullable SocketAddress node;

    BrokenNetwork(Weather weather, long seed) {
        this.weather = weather;
        this.random = new Random(seed);
        later.setRemoveOnCancelPolicy(true);
        later.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        nearViewers = open();
        Thread.ofVirtual().start(() -> pump(nearViewers, null));
    }

    private static DatagramSocket open() {
        try {
            return new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> to(String candidate) {
        var matcher = ADDRESS.matcher(candidate);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        node = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(matcher.group(2)));
        return Optional.of(candidate.substring(0, matcher.start(2))
                + nearViewers.getLocalPort()
                + candidate.substring(matcher.end(2)));
    }

    /** @param viewer for whom the socket was opened; absent at the one that all viewers send to */
    private void pump(DatagramSocket from, @Nullable SocketAddress viewer) {
        var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            while (!from.isClosed()) {
                packet.setLength(LARGEST);
                from.receive(packet);
                var content = Arrays.copyOf(packet.getData(), packet.getLength());
                if (viewer == null) {
                    carry(content, towardsNode(packet.getSocketAddress()), node);
                } else {
                    carry(content, nearViewers, viewer);
                }
            }
        } catch (IOException e) {
            // The socket was closed: the test is over.
            return;
        }
    }

    private DatagramSocket towardsNode(SocketAddress viewer) {
        return nearNode.computeIfAbsent(viewer, unknown -> {
            var socket = open();
            Thread.ofVirtual().start(() -> pump(socket, unknown));
            return socket;
        });
    }

    private synchronized void carry(byte[] content, DatagramSocket from, @Nullable SocketAddress to) {
        if (to == null) {
            return;
        }
        if (random.nextDouble() < weather.loss) {
            boolean media = (content[0] & 0xC0) == 0x80 && (content[1] & 0x7F) < 64 | (content[1] & 0x7F) > 95;
            if (from == nearViewers && media && content.length > SHORTEST_VIDEO) {
                videoDropped.incrementAndGet();
            }
        } else {
            send(content, from, to);
        }
        for (int i = 0; i < weather.mischief; i++) {
            invented.incrementAndGet();
            send(invent(content), from, to);
        }
    }

    private byte[] invent(byte[] content) {
        // Until the keys are agreed on DTLS has nothing to tell a changed message by; who changes those ends any
        // handshake.
        boolean handshake = content[0] >= 20 && content[0] < 64;
        switch (handshake ? random.nextInt(2) * 3 : random.nextInt(4)) {
            case 0 -> {
                return content.clone();
            }
            case 1 -> {
                return Arrays.copyOf(content, random.nextInt(content.length + 1));
            }
            case 2 -> {
                var changed = content.clone();
                for (int i = 0; i <= random.nextInt(4); i++) {
                    changed[random.nextInt(Math.min(changed.length, 64))] ^= (byte) (1 << random.nextInt(8));
                }
                return changed;
            }
            default -> {
                var noise = new byte[random.nextInt(1_500)];
                random.nextBytes(noise);
                return noise;
            }
        }
    }

    private void send(byte[] content, DatagramSocket from, SocketAddress to) {
        long late = weather.jitter.isZero() ? 0 : random.nextLong(weather.jitter.toNanos());
        try {
            later.schedule(() -> sendNow(content, from, to), late, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The test is over.
            return;
        }
    }

    private static void sendNow(byte[] content, DatagramSocket from, SocketAddress to) {
        try {
            from.send(new DatagramPacket(content, content.length, to));
        } catch (IOException e) {
            // Closed by the end of the test, or full like any network.
            return;
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        nearViewers.close();
        nearNode.values().forEach(DatagramSocket::close);
    }
}
