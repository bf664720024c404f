package dev.grandstand.e2e.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An image's process as Kubernetes' restricted pods run it: in its own file system, which is read-only except for an empty
 * {@code /tmp}, as the image's user, with the image's environment and nothing of ours. The network is this machine's.
 */
final class Container implements AutoCloseable {

    /** $0 is the root, $1 the user; what follows is the command. Whatever is mounted goes with the process. */
    private static final String AS_IN_A_POD = """
            set -e
            root=$0
            user=$1
            shift
            mount --make-rprivate /
            mount --bind "$root" "$root"
            cp /etc/hosts /etc/resolv.conf "$root/etc/"
            mount --rbind /dev "$root/dev"
            mount --rbind /proc "$root/proc"
            mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
            mount -o remount,bind,ro "$root"
            """;

    /** As root the user is really another; otherwise the kernel shows one's own as the image's. */
    private static final String AS_ROOT = AS_IN_A_POD + "exec chroot --userspec=\"$user\" \"$root\" \"$@\"";

    private static final String AS_ONESELF = AS_IN_A_POD
            + "exec unshare --user --map-user=\"${user%:*}\" --map-group=\"${user#*:}\" --root=\"$root\" --wd=/ \"$@\"";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;

    private Container(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Container start(UnpackedImage image, Map<String, String> variables, Path log) throws IOException {
        var root = "root".equals(System.getProperty("user.name"));
        var command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!root) {
            command.add("--map-root-user");
        }
        command.addAll(
                List.of("sh", "-c", root ? AS_ROOT : AS_ONESELF, image.root().toString()));
        command.add(image.config().getString("User"));
        // The image's own bash finds the program on the image's own path, in the image's folder.
        command.addAll(List.of(
                "/bin/bash", "-c", "cd \"$0\" && exec \"$@\"", image.config().getString("WorkingDir")));
        command.addAll(image.strings("Entrypoint"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        for (var variable : image.strings("Env")) {
            var parts = variable.split("=", 2);
            builder.environment().put(parts[0], parts[1]);
        }
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (theirs, ours) -> theirs + ":" + ours);
        builder.environment().putAll(variables);
        return new Container(builder.start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What the process answers at a loopback port. 0 while it does not. */
    static int status(int port, String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The process's, here and in its own view. */
    long pid() {
        return process.pid();
    }

    /** A line of what Linux knows of the process ({@code /proc/PID/status}), without its name. */
    String known(String line) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(one -> one.startsWith(line + ":"))
                .map(one -> one.substring(line.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** All that it has said. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("no log", e);
        }
    }

    /** As Kubernetes ends it. */
    boolean endsWithin(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
