package dev.grandstand.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Chromium that this test started itself, so that it can also kill it: by its process id, never by a name. Playwright
 * connects to its DevTools port.
 */
final class BrowserProcess implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--headless=new",
            // Without an address bar, whose popup is drawn anew with each frame of the page, for a quarter of a core.
            "--kiosk",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--autoplay-policy=no-user-gesture-required",
            "--disable-features=WebRtcHideLocalIpsWithMdns",
            "--allow-loopback-in-peer-connection",
            "--force-color-profile=srgb",
            "--remote-debugging-port=0");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;

    private BrowserProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static BrowserProcess start(Camera camera) {
        try {
            var browsers = Files.createDirectories(Path.of("target", "browsers").toAbsolutePath());
            var folder = Files.createTempDirectory(browsers, camera.name() + "-");
            var command = new ArrayList<String>();
            command.add(Chromium.find().toString());
            command.addAll(FLAGS);
            command.addAll(camera.flags());
            command.add("--user-data-dir=" + folder);
            command.add("about:blank");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            browsers.resolve(folder.getFileName() + ".log").toFile())
                    .start();
            return new BrowserProcess(process, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where DevTools listen; waits until they do. */
    String devTools() {
        var file = folder.resolve("DevToolsActivePort");
        await("DevTools of " + folder.getFileName())
                .atMost(START_TIMEOUT)
                .failFast("the browser ended, see " + folder + ".log", () -> !process.isAlive())
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() == 2);
        try {
            return "http://127.0.0.1:" + Files.readAllLines(file).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if the power went out: no process of this browser gets to say goodbye. */
    void kill() {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deleteProfile();
    }

    private void deleteProfile() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // A dying child may still write there; what is left lies in target/ and goes with it.
        } catch (UncheckedIOException e) {
            // As above: a file vanished while the folder was walked.
        }
    }
}
