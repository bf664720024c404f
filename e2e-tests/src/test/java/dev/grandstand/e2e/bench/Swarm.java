package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thousands of WebSocket clients (RFC 6455) on one thread: bare channels, no compression, and nothing read that is not asked
 * for, so that what is measured is the server. They come from several loopback addresses, because one has too few ports.
 */
final class Swarm implements AutoCloseable {

    private static final int ADDRESSES = 8;
    private static final int BUFFER_BYTES = 512 << 10;

    /** What the clients live for; called on the swarm's thread. */
    interface Story {

        /** The socket stands. */
        void opened(SwarmClient client);

        /** A text arrived; it is in the buffer from its position to its limit, and only during this call. */
        void heard(SwarmClient client, ByteBuffer text, long nanoTime);

        /** The socket is gone. */
        void closed(SwarmClient client);

        /** Called again and again, at least every few milliseconds. */
        void tick(long nanoTime);
    }

    private final InetSocketAddress server;
    private final Story story;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Thread thread = new Thread(this::live, "swarm");
    private volatile boolean closed;
    private volatile @Nullable Exception failure;
    private int clients;

    private Swarm(int port, Story story) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        this.story = story;
        this.selector = Selector.open();
    }

    static Swarm start(int port, Story story) throws IOException {
        var swarm = new Swarm(port, story);
        swarm.thread.start();
        return swarm;
    }

    /** Does something on the swarm's thread. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Dials; on the swarm's thread. */
    SwarmClient connect(int number) {
        try {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + clients++ % ADDRESSES)}), 0));
            channel.connect(server);
            var key = channel.register(selector, SelectionKey.OP_CONNECT);
            var client = new SwarmClient(number, channel, key);
            key.attach(client);
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the thread still runs; if not, throws what ended it. */
    boolean isWell() {
        var ended = failure;
        if (ended != null) {
            throw new IllegalStateException("the clients failed", ended);
        }
        return true;
    }

    private void live() {
        try {
            while (!closed) {
                selector.select(this::ready, 1);
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                story.tick(System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        } finally {
            end();
        }
    }

    private void end() {
        try {
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            failure = e;
        }
    }

    private void ready(SelectionKey key) {
        var client = (SwarmClient) key.attachment();
        try {
            if (key.isConnectable()) {
                client.greet();
            } else {
                if (key.isWritable()) {
                    client.flush();
                }
                if (key.isReadable()) {
                    client.read(buffer, story);
                }
            }
        } catch (IOException e) {
            client.close();
        }
        if (!key.isValid()) {
            story.closed(client);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }
}
