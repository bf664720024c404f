package dev.grandstand.e2e.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where kube-apiserver, kube-controller-manager and etcd are. */
final class ControlPlanePrograms {

    private final Path folder;

    private ControlPlanePrograms(Path folder) {
        this.folder = folder;
    }

    /** Asks the script that builds them; that takes minutes the first time, and no time after that. */
    static ControlPlanePrograms provide() throws IOException {
        var script = Path.of("kubernetes", "api-server.sh").toAbsolutePath();
        if (!Files.exists(script)) {
            throw new IllegalStateException(script + " is missing: tests run in their module's folder");
        }
        var process = new ProcessBuilder(script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(script + " failed; it says why above");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new ControlPlanePrograms(Path.of(said.strip()));
    }

    String program(String name) {
        return folder.resolve(name).toString();
    }
}
