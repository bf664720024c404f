package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder that is gone when the measurement is over. */
record FreshFolder(Path path) implements AutoCloseable {

    static FreshFolder fresh() throws IOException {
        return new FreshFolder(Files.createTempDirectory("grandstand-bench-"));
    }

    @Override
    public void close() {
        try (var files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
