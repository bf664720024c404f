package dev.grandstand.e2e.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole system, every service and the broker in a process of its own on loopback. The jars are those that the build
 * packaged; the processes are configured by variables only. Logs are in {@code target/cluster/<name>-<random>/}. Everything
 * ends with {@link #close}, or with this JVM. Long, because how each process is started stands in one place.
 */
public final class Cluster implements AutoCloseable {

    private static final String SECRET = "a secret of tests, 32 characters";

    private final Path folder;
    private final ClusterPlan plan;
    private final Ports ports = new Ports();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String kafka = "127.0.0.1:" + ports.next();
    private final List<URI> mediaNodes = new ArrayList<>();
    private final List<URI> roomUris = new ArrayList<>();
    private final List<URI> signalingUris = new ArrayList<>();
    private final List<ServiceProcess> rooms = new ArrayList<>();
    private final List<ServiceProcess> chats = new ArrayList<>();
    private final List<ServiceProcess> signaling = new ArrayList<>();
    private final ServiceProcess broker;
    private final List<ServiceProcess> relays = new ArrayList<>();
    private final List<ServiceProcess> allocators = new ArrayList<>();
    private final List<URI> allocatorUris = new ArrayList<>();
    private final Thread atExit = Thread.ofPlatform().unstarted(this::killAll);

    private Cluster(Path folder, ClusterPlan plan) {
        this.folder = folder;
        this.plan = plan;
        broker = createBroker();
        for (int i = 0; i < plan.relays(); i++) {
            var port = ports.next();
            mediaNodes.add(URI.create("ws://127.0.0.1:" + port + "/kurento"));
            relays.add(relay("relay-" + i, port));
        }
        var nodes = mediaNodes.stream().map(URI::toString).collect(Collectors.joining(","));
        for (int i = 0; i < plan.allocators(); i++) {
            var port = ports.next();
            allocatorUris.add(URI.create("http://127.0.0.1:" + port));
            allocators.add(service(
                    "media-allocator-svc",
                    "allocator-" + i,
                    "GRANDSTAND_ALLOCATOR_PORT",
                    port,
                    Map.of("GRANDSTAND_MEDIA_NODES", nodes)));
        }
        for (int i = 0; i < plan.rooms(); i++) {
            var port = ports.next();
            roomUris.add(URI.create("http://127.0.0.1:" + port));
            rooms.add(service("room-svc", "room-" + i, "GRANDSTAND_ROOM_PORT", port, Map.of()));
        }
        for (int i = 0; i < plan.chats(); i++) {
            chats.add(service("chat-svc", "chat-" + i, "GRANDSTAND_CHAT_PORT", ports.next(), Map.of()));
        }
        for (int i = 0; i < plan.signaling(); i++) {
            var port = ports.next();
            signalingUris.add(URI.create("http://localhost:" + port));
            signaling.add(service(
                    "signaling-svc",
                    "signaling-" + i,
                    "GRANDSTAND_SIGNALING_PORT",
                    port,
                    Map.of("GRANDSTAND_ROOMS_UPSTREAM", roomUris.getFirst().toString())));
        }
    }

    /**
     * Blocks until every service is ready.
     *
     * @param name of the folder of logs
     */
    public static Cluster start(String name, ClusterPlan plan) throws IOException {
        var all = Files.createDirectories(ServiceProcess.HOME.resolve("e2e-tests/target/cluster"));
        var cluster = new Cluster(Files.createTempDirectory(all, name + "-"), plan);
        Runtime.getRuntime().addShutdownHook(cluster.atExit);
        try {
            cluster.broker.start().awaitReady();
            // In two waves: all at once would make each so slow, where cores are few, that it gives up.
            startTogether(Stream.concat(
                            cluster.relays.stream(), Stream.of(cluster.rooms.getFirst(), cluster.chats.getFirst()))
                    .toList());
            startTogether(cluster.services().stream()
                    .filter(service -> !service.isAlive())
                    .toList());
            return cluster;
        } catch (RuntimeException e) {
            cluster.printLogs();
            cluster.close();
            throw e;
        }
    }

    private static void startTogether(List<ServiceProcess> services) {
        services.forEach(ServiceProcess::start);
        services.forEach(ServiceProcess::awaitReady);
    }

    /** The Kafka broker. */
    public ServiceProcess broker() {
        return broker;
    }

    /** The first media node. */
    public ServiceProcess relay() {
        return relays.getFirst();
    }

    /** The media nodes. */
    public List<ServiceProcess> relays() {
        return List.copyOf(relays);
    }

    /** The first instance of media-allocator-svc. */
    public ServiceProcess allocator() {
        return allocators.getFirst();
    }

    /** The instances of media-allocator-svc. */
    public List<ServiceProcess> allocators() {
        return List.copyOf(allocators);
    }

    /** The first allocator's pages: {@code http://127.0.0.1:<port>}. */
    public URI allocatorService() {
        return allocatorUris.getFirst();
    }

    /** All allocators' pages, in the order of {@link #allocators}. */
    public List<URI> allocatorServices() {
        return List.copyOf(allocatorUris);
    }

    /** The instances of signaling-svc. */
    public List<ServiceProcess> signaling() {
        return List.copyOf(signaling);
    }

    /** The instances of room-svc. */
    public List<ServiceProcess> rooms() {
        return List.copyOf(rooms);
    }

    /** The instances of chat-svc. */
    public List<ServiceProcess> chats() {
        return List.copyOf(chats);
    }

    /** Every process but the broker. */
    public List<ServiceProcess> services() {
        return Stream.of(relays, allocators, rooms, chats, signaling)
                .flatMap(List::stream)
                .toList();
    }

    /** Every process. */
    public List<ServiceProcess> processes() {
        return Stream.concat(Stream.of(broker), services().stream()).toList();
    }

    /** Bootstrap servers. */
    public String kafka() {
        return kafka;
    }

    /** The first media node's Kurento protocol. */
    public URI mediaNode() {
        return mediaNodes.getFirst();
    }

    /** The media nodes' Kurento protocol, in the order of {@link #relays}. */
    public List<URI> mediaNodes() {
        return List.copyOf(mediaNodes);
    }

    /** The pages of a signaling instance, by a name that browsers trust with cameras: {@code http://localhost:<port>}. */
    public URI pages(int instance) {
        return signalingUris.get(instance);
    }

    /** The WebSocket of a signaling instance. */
    public URI socket(int instance) {
        return URI.create("ws://127.0.0.1:" + signalingUris.get(instance).getPort() + "/ws");
    }

    /** An instance of room-svc: {@code http://127.0.0.1:<port>}. */
    public URI roomService(int instance) {
        return roomUris.get(instance);
    }

    /** For a test that failed: the end of each process's log. */
    public void printLogs() {
        for (var process : processes()) {
            System.out.printf("----- %s%n%s%n", process.log(), String.join("\n", process.lastLines(30)));
        }
    }

    /** Kills every process; logs stay, the broker's data does not. */
    @Override
    public void close() throws IOException {
        killAll();
        client.close();
        Runtime.getRuntime().removeShutdownHook(atExit);
        var data = folder.resolve("kafka");
        if (Files.exists(data)) {
            try (var files = Files.walk(data)) {
                for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void killAll() {
        processes().forEach(ServiceProcess::close);
    }

    /** Answers no probes: that it can be connected to is all that one can ask. */
    private ServiceProcess relay(String name, int port) {
        var address = Map.of("GRANDSTAND_RELAY_HOST", "127.0.0.1", "GRANDSTAND_RELAY_PORT", String.valueOf(port));
        var jvm = new ArrayList<>(plan.serviceJvm());
        jvm.addAll(plan.relayJvm());
        return service(
                "media-relay", name, jvm, address, ServiceProcess.accepts(InetAddress.getLoopbackAddress(), port));
    }

    private ServiceProcess service(
            String module, String name, String portVariable, int port, Map<String, String> more) {
        var variables = new HashMap<>(more);
        variables.put(portVariable, String.valueOf(port));
        var ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
        return service(module, name, plan.serviceJvm(), variables, ServiceProcess.answers(client, ready));
    }

    private ServiceProcess service(
            String module, String name, List<String> jvm, Map<String, String> more, BooleanSupplier ready) {
        var variables = new HashMap<>(plan.variables());
        variables.putAll(more);
        variables.putAll(Map.of("GRANDSTAND_KAFKA", kafka, "GRANDSTAND_SECRET", SECRET, "GRANDSTAND_INSTANCE", name));
        return ServiceProcess.ofModule(module, name, jvm, variables, folder.resolve(name + ".log"), ready);
    }

    private ServiceProcess createBroker() {
        var port = Integer.parseInt(kafka.substring(kafka.indexOf(':') + 1));
        var command = new ArrayList<>(ServiceProcess.java());
        command.addAll(plan.brokerJvm());
        command.addAll(List.of(
                "-cp",
                ServiceProcess.HOME.resolve("e2e-tests/target/test-classes") + ":"
                        + ServiceProcess.HOME.resolve("all-in-one/target/lib") + "/*",
                BrokerMain.class.getName(),
                folder.resolve("kafka").toString(),
                String.valueOf(port)));
        return new ServiceProcess(
                "broker",
                command,
                Map.of(),
                folder.resolve("broker.log"),
                ServiceProcess.accepts(InetAddress.getLoopbackAddress(), port));
    }
}
