package dev.grandstand.e2e;

import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.Ports;
import dev.grandstand.e2e.cluster.ServiceProcess;
import dev.grandstand.relay.MediaRelay;
import dev.grandstand.relay.RelayConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A media relay of a test's own: in its process, which is soon started, or in another, which can be killed. */
sealed interface RelayNode {

    /** Of its Kurento protocol. */
    URI uri();

    /** It is gone from one moment to the next, with all that was on it. */
    void end() throws Exception;

    /** In this process, on loopback. */
    static RelayNode here(Vertx vertx) throws Exception {
        return new Here(SmallNodes.get(MediaRelay.start(vertx, RelayConfig.embedded())));
    }

    /** So many in processes of their own, on loopback; blocks until all of them are ready. */
    static List<RelayNode> apart(int count) throws IOException {
        var all = Files.createDirectories(ServiceProcess.HOME.resolve("e2e-tests/target/cluster"));
        var logs = Files.createTempDirectory(all, "relays-");
        var ports = new Ports();
        var nodes = IntStream.range(0, count)
                .mapToObj(i -> apart("relay-" + i, ports.next(), logs))
                .toList();
        nodes.forEach(node -> node.process().start());
        nodes.forEach(node -> node.process().awaitReady());
        return List.copyOf(nodes);
    }

    private static Apart apart(String name, int port, Path logs) {
        var process = ServiceProcess.ofModule(
                "media-relay",
                name,
                ClusterPlan.standard().serviceJvm(),
                Map.of("GRANDSTAND_RELAY_HOST", "127.0.0.1", "GRANDSTAND_RELAY_PORT", String.valueOf(port)),
                logs.resolve(name + ".log"),
                ServiceProcess.accepts(InetAddress.getLoopbackAddress(), port));
        return new Apart(process, URI.create("ws://127.0.0.1:" + port + "/kurento"));
    }

    /** One in this process: it closes what it has. */
    record Here(MediaRelay relay) implements RelayNode {

        @Override
        public URI uri() {
            return relay.uri();
        }

        @Override
        public void end() throws Exception {
            SmallNodes.get(relay.close());
        }
    }

    /** One in a process of its own: it is killed ({@code SIGKILL}), and closes nothing. */
    record Apart(ServiceProcess process, URI uri) implements RelayNode {

        @Override
        public void end() {
            process.close();
        }
    }
}
