package dev.grandstand.allocator;

import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Our media node as a process of its own, which can be killed. */
final class RelayProcess implements AutoCloseable {

    private final int port;
    private Process process;

    RelayProcess() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        start();
    }

    NodeRef ref() {
        return new NodeRef(new NodeId("relay:" + port), URI.create("ws://127.0.0.1:" + port + "/kurento"));
    }

    void start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                java,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                "dev.grandstand.relay.Main");
        builder.environment().put("GRANDSTAND_RELAY_HOST", "127.0.0.1");
        builder.environment().put("GRANDSTAND_RELAY_PORT", String.valueOf(port));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        process = builder.start();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(this::listens);
    }

    /** As the kernel does it: without a word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
