package dev.grandstand.eventlog.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker and controller (KRaft) in this process, listening on loopback only. What it stores stays in its
 * folder and is there again at the next start.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String FORMATTED = "meta.properties";
    private static final int PORTS_TRIED = 100;
    private static final int LOWEST_PORT = 10_000;
    private static final int HIGHEST_PORT = 32_000;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Formats the folder if it is new, and blocks until the broker serves.
     *
     * @param folder where everything is stored
     * @param port to listen on, 0 for a free one
     * @throws IOException if the folder cannot be used or no port is free
     */
    public static EmbeddedKafka start(Path folder, int port) throws IOException {
        var bootstrap = "127.0.0.1:" + (port == 0 ? freePort() : port);
        var controller = "127.0.0.1:" + freePort();
        var settings = properties(folder, bootstrap, controller);
        if (Files.exists(folder.resolve(FORMATTED))) {
            FormerLife.end(folder, settings, controller);
        } else {
            format(folder);
        }
        var properties = new Properties();
        properties.putAll(settings);
        var server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, bootstrap);
    }

    /** Where clients connect. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops it in order; blocks until it has stopped. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Map<String, String> properties(Path folder, String bootstrap, String controller) {
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("listeners", "BROKER://" + bootstrap + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "BROKER://" + bootstrap),
                Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "BROKER"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                // One broker: no copies anywhere, and few partitions in the internal topics, which are slow to make.
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("min.insync.replicas", "1"),
                // What a killed service left open holds readers up until it is aborted.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200"),
                // A transaction that follows another at once waits for the other's markers, which takes two or three
                // milliseconds; a broker looks again after 20 unless told otherwise (KIP-890).
                Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
                // Controller and broker live and pause together: nobody else could take over from a broker that is
                // late.
                Map.entry("broker.session.timeout.ms", "60000"),
                // Whoever has standbys may want dead instances to be missed soon.
                Map.entry("group.min.session.timeout.ms", "500"),
                // A group of one has nobody to wait for.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.segment.bytes", String.valueOf(64 << 20)),
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20)),
                Map.entry("log.index.size.max.bytes", String.valueOf(1 << 20)),
                // The system's own, which grow, as at the clients.
                Map.entry("socket.receive.buffer.bytes", "-1"),
                Map.entry("socket.send.buffer.bytes", "-1"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("num.recovery.threads.per.data.dir", "2"));
    }

    private static void format(Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot make " + folder + " a Kafka folder", e);
        }
    }

    /**
     * Kafka has to know its ports before it binds them. A port that the system gave for the asking could go to somebody's
     * outgoing connection meanwhile; below the range of those (Linux begins at 32,768) it does not.
     */
    private static int freePort() throws IOException {
        IOException taken = new IOException("no port was tried");
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                taken = e;
            }
        }
        throw taken;
    }
}
