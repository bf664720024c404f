package dev.grandstand.e2e.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that a test waits for. */
final class Commands {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** The project's folder, above that of these tests. */
    static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    private Commands() {}

    /** Runs it in the project's folder, with this JVM's Java. Fails with what it said when its exit code is not 0. */
    static String run(String... command) throws IOException, InterruptedException {
        var said = Files.createTempFile("grandstand", ".log");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(PROJECT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            var process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException(List.of(command) + " takes too long: " + Files.readString(said));
            }
            // Jib and tar name files in no particular encoding.
            var text = Files.readString(said, StandardCharsets.ISO_8859_1);
            if (process.exitValue() != 0) {
                throw new IOException(List.of(command) + " ended with " + process.exitValue() + ": " + text);
            }
            return text;
        } finally {
            Files.delete(said);
        }
    }
}
