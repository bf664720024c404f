package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A broker and services, each in a process of its own, as they are run in earnest; on free ports of loopback. */
final class Separately implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    /** From the start, as in the images of those on the path of every join: half of the chart's 1 GiB. */
    private static final String LARGE_HEAP = "-Xms512m";

    private static final int COMPILE_STEP_SECONDS = 5;
    private static final int COMPILE_AT_LEAST_SECONDS = 15;
    private static final int COMPILE_AT_MOST_SECONDS = 60;
    /** Of a core: what the compilers of all processes take when they are done. */
    private static final double COMPILED = 0.1;

    /** Something that the processes have to do. */
    interface Load {

        /** Goes on with it for so long. */
        void run(int seconds) throws Exception;
    }

    /** A service that can be started. */
    enum Program {
        ROOM("room-svc", "GRANDSTAND_ROOM_PORT", LARGE_HEAP),
        CHAT("chat-svc", "GRANDSTAND_CHAT_PORT"),
        ALLOCATOR("media-allocator-svc", "GRANDSTAND_ALLOCATOR_PORT"),
        RELAY("media-relay", "GRANDSTAND_RELAY_PORT"),
        SIGNALING("signaling-svc", "GRANDSTAND_SIGNALING_PORT", LARGE_HEAP);

        private final String module;
        private final String port;
        private final List<String> jvmOptions;

        Program(String module, String port, String... jvmOptions) {
            this.module = module;
            this.port = port;
            this.jvmOptions = List.of(jvmOptions);
        }
    }

    private final Settings settings;
    private final FreshFolder folder;
    private final int kafkaPort;
    private final Spawned broker;
    private final Deque<Spawned> services = new ArrayDeque<>();
    private final Map<Spawned, Integer> ports = new HashMap<>();
    private int started;

    private Separately(Settings settings, FreshFolder folder, int kafkaPort, Spawned broker) {
        this.settings = settings;
        this.folder = folder;
        this.kafkaPort = kafkaPort;
        this.broker = broker;
    }

    /** Starts the broker. */
    static Separately start(Settings settings) throws IOException, InterruptedException {
        var folder = FreshFolder.fresh();
        var ready = folder.path().resolve("ready");
        int port = RunningSystem.freePorts(1).getFirst();
        var broker = new Spawned(
                "broker",
                RunningSystem.spawn(
                        settings,
                        "broker",
                        List.of(
                                Spawned.java(),
                                // As Kafka's own start script has it.
                                "-Xms1g",
                                "-Xmx1g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KafkaAlone.class.getName(),
                                folder.path().resolve("kafka").toString(),
                                ready.toString(),
                                String.valueOf(port)),
                        Map.of()));
        var system = new Separately(settings, folder, port, broker);
        try {
            Waiting.until("the broker serves", START_LIMIT, () -> alive(broker) && Files.exists(ready));
        } catch (RuntimeException | InterruptedException e) {
            system.close();
            throw e;
        }
        return system;
    }

    String kafka() {
        return "127.0.0.1:" + kafkaPort;
    }

    Spawned broker() {
        return broker;
    }

    /** Starts a service and waits until it is ready. */
    Spawned start(Program program, Map<String, String> variables, String... jvmOptions)
            throws IOException, InterruptedException {
        var service = launch(program, variables, jvmOptions);
        Waiting.until(service.name() + " is ready", START_LIMIT, () -> alive(service) && isReady(service));
        return service;
    }

    /** Starts a service and waits for nothing. */
    Spawned launch(Program program, Map<String, String> variables, String... jvmOptions) throws IOException {
        var name = program.module + "-" + ++started;
        int port = RunningSystem.freePorts(1).getFirst();
        var command = command(program.jvmOptions.toArray(String[]::new));
        command.addAll(List.of(jvmOptions));
        command.add("-jar");
        command.add(jar(program).toString());
        var environment = new HashMap<>(variables);
        environment.put(program.port, String.valueOf(port));
        environment.put("GRANDSTAND_KAFKA", kafka());
        environment.putIfAbsent("GRANDSTAND_INSTANCE", name);
        var service = new Spawned(name, RunningSystem.spawn(settings, name, command, environment));
        services.push(service);
        ports.put(service, port);
        return service;
    }

    /** Starts a server that is Vert.x and nothing else, and waits until it answers. */
    Spawned startBare(int eventLoops, String... jvmOptions) throws IOException, InterruptedException {
        int port = RunningSystem.freePorts(1).getFirst();
        var command = command(jvmOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                String.valueOf(port),
                String.valueOf(eventLoops)));
        var bare = new Spawned("bare-vertx", RunningSystem.spawn(settings, "bare-vertx", command, Map.of()));
        services.push(bare);
        ports.put(bare, port);
        Waiting.until(
                "bare Vert.x answers",
                START_LIMIT,
                () -> alive(bare) && Waiting.answers(URI.create("http://127.0.0.1:" + port + "/")));
        return bare;
    }

    /** Starts another program of the benchmarks, and does not wait. */
    Spawned startMain(Class<?> main, String... arguments) throws IOException {
        var command = command();
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var name = main.getSimpleName();
        return new Spawned(name, RunningSystem.spawn(settings, name, command, Map.of()));
    }

    private static List<String> command(String... jvmOptions) {
        var command = new ArrayList<>(List.of(Spawned.java(), "-Xmx768m"));
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(jvmOptions));
        return command;
    }

    private Path jar(Program program) {
        return settings.home().resolve(program.module + "/target/" + program.module + ".jar");
    }

    int port(Spawned service) {
        return ports.get(service);
    }

    boolean isReady(Spawned service) {
        return Waiting.answers(URI.create("http://127.0.0.1:" + ports.get(service) + "/health/ready"));
    }

    /** Starts the media node, which answers no probes. */
    URI startRelay() throws IOException, InterruptedException {
        var relay = launch(Program.RELAY, Map.of("GRANDSTAND_RELAY_HOST", "127.0.0.1"));
        int port = ports.get(relay);
        Waiting.until("the relay listens", START_LIMIT, () -> alive(relay) && RelayProcess.accepts(port));
        return URI.create("ws://127.0.0.1:" + port + "/kurento");
    }

    /** Everything that has been started, and still runs. */
    List<Spawned> running() {
        var all = new ArrayList<>(List.of(broker));
        services.forEach(all::add);
        return all.stream().filter(Spawned::isAlive).toList();
    }

    /**
     * Goes on with a load until what it makes hot is compiled. On full cores that can take longer than it usually does: what
     * was measured before then would be the compilers, which had a quarter of a core.
     */
    void letCompile(Load load) throws Exception {
        for (int seconds = 0; seconds < COMPILE_AT_MOST_SECONDS; seconds += COMPILE_STEP_SECONDS) {
            double before = compilerSeconds();
            load.run(COMPILE_STEP_SECONDS);
            double share = (compilerSeconds() - before) / COMPILE_STEP_SECONDS;
            System.err.printf("    compilers: %.0f %% of a core%n", 100 * share);
            if (seconds + COMPILE_STEP_SECONDS >= COMPILE_AT_LEAST_SECONDS && share < COMPILED) {
                return;
            }
        }
    }

    private double compilerSeconds() {
        return running().stream().mapToDouble(Spawned::compilerSeconds).sum();
    }

    /** The service that was started last. */
    Spawned newest() {
        return services.element();
    }

    /** The sum of a gauge or counter over its labels; 0 if there is none, or if the service does not answer. */
    double metric(Spawned service, String name) {
        return Waiting.text(URI.create("http://127.0.0.1:" + ports.get(service) + "/metrics"))
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static boolean alive(Spawned process) {
        if (!process.isAlive()) {
            throw new IllegalStateException(process.name() + " ended, see target/bench/" + process.name() + ".log");
        }
        return true;
    }

    @Override
    public void close() {
        services.forEach(Spawned::close);
        broker.close();
        folder.close();
    }
}
