package dev.grandstand.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One service in a process of its own, which may be killed and started again in the same place: its ports and its folder
 * stay. All its lives write into one log file. One thread at a time starts and
 * ends it.
 */
public final class ServiceProcess implements AutoCloseable {

    /** The project's folder: tests run in their module's. */
    public static final Path HOME = Path.of("").toAbsolutePath().endsWith("e2e-tests")
            ? Path.of("").toAbsolutePath().getParent()
            : Path.of("").toAbsolutePath();

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int LOWEST_PRIORITY = 19;

    private final String name;
    private final List<String> command;
    private final Map<String, String> variables;
    private final Path log;
    private final BooleanSupplier ready;
    private volatile @Nullable Process process;
    private volatile boolean paused;

    /**
     * Not yet started.
     *
     * @param command with its arguments
     * @param variables on top of this process's own environment, which is given on without Grandstand's variables
     * @param log that its output is appended to
     * @param ready whether it can do its work; asked again and again, so it answers soon
     */
    public ServiceProcess(
            String name, List<String> command, Map<String, String> variables, Path log, BooleanSupplier ready) {
        this.name = name;
        this.command = List.copyOf(command);
        this.variables = Map.copyOf(variables);
        this.log = log;
        this.ready = ready;
    }

    /**
     * One of Grandstand's services, from the jar that the build packaged.
     *
     * @param jvm options of its JVM
     */
    public static ServiceProcess ofModule(
            String module,
            String name,
            List<String> jvm,
            Map<String, String> variables,
            Path log,
            BooleanSupplier ready) {
        var jar = HOME.resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: the build packages it (mvn package)");
        }
        var command = new ArrayList<>(java());
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toString()));
        return new ServiceProcess(name, command, variables, log, ready);
    }

    /** The program that runs Java here. */
    static List<String> java() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    /** Holds as soon as somebody can connect. */
    public static BooleanSupplier accepts(InetAddress host, int port) {
        return () -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        };
    }

    /** Holds as soon as this address answers 200. */
    public static BooleanSupplier answers(HttpClient client, URI address) {
        var request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
        return () -> {
            try {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == HttpURLConnection.HTTP_OK;
            } catch (IOException notYet) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }

    /** What it is called, in logs too. */
    public String name() {
        return name;
    }

    /** Of its present life. */
    public long pid() {
        return running().pid();
    }

    /** Starts it, and does not wait. */
    public ServiceProcess start() {
        return start(command);
    }

    /** As {@link #start}, yielding to whatever else wants the processor: its start must not disturb what is measured. */
    public ServiceProcess startInBackground() {
        return startNicely(LOWEST_PRIORITY);
    }

    /**
     * As {@link #start}, with less of the processor than others where it is short.
     *
     * @param niceness from 1 to 19, the lowest priority; see nice(1)
     */
    public ServiceProcess startNicely(int niceness) {
        var nice = new ArrayList<>(List.of("nice", "-n", String.valueOf(niceness)));
        nice.addAll(command);
        return start(nice);
    }

    private ServiceProcess start(List<String> line) {
        if (isAlive()) {
            throw new IllegalStateException(name + " is running");
        }
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("GRANDSTAND_"));
        builder.environment().putAll(variables);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " did not start", e);
        }
        paused = false;
        return this;
    }

    /** Waits until it can do its work. */
    public ServiceProcess awaitReady() {
        Awaitility.await(name + " to be ready, see " + log)
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(name + " ended, see " + log, () -> !isAlive())
                .until(ready::getAsBoolean);
        return this;
    }

    /** Ends it as a power cut would (SIGKILL); nothing of it runs any more on return. */
    public ServiceProcess kill() {
        var dying = running();
        dying.destroyForcibly();
        awaitEnd(dying, KILL_LIMIT);
        return this;
    }

    /** Stops it where it stands (SIGSTOP): its connections stay, and it answers nothing. */
    public ServiceProcess pause() {
        signal("STOP");
        paused = true;
        return this;
    }

    /** Lets it go on after {@link #pause} (SIGCONT). */
    public ServiceProcess resume() {
        signal("CONT");
        paused = false;
        return this;
    }

    /** Asks it to stop in order (SIGTERM), and waits until it has; false if it had to be killed. */
    public boolean stop() {
        var stopping = running();
        stopping.destroy();
        return awaitEnd(stopping, STOP_LIMIT);
    }

    /** Whether it runs, or is paused. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Where all its lives log to. */
    public Path log() {
        return log;
    }

    /** The last lines of its log. */
    public List<String> lastLines(int count) {
        try {
            var lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of("no log: " + e);
        }
    }

    /** Kills it, if it is running. */
    @Override
    public void close() {
        if (isAlive()) {
            if (paused) {
                resume();
            }
            kill();
        }
    }

    private Process running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(name + " is not running, see " + log);
        }
        return process;
    }

    private void signal(String signal) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).start();
            if (!kill.waitFor(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException(name + " did not take the signal " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no program kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean awaitEnd(Process ending, Duration limit) {
        try {
            if (ending.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                return true;
            }
            ending.destroyForcibly();
            ending.waitFor(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS);
            return false;
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was killed: interrupted", e);
        }
    }
}
