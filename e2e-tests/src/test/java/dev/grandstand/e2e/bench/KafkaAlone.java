package dev.grandstand.e2e.bench;

import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process with a broker and nothing else. */
final class KafkaAlone {

    private KafkaAlone() {}

    /** Folder of the broker, the file that tells that it is ready, and the port (0 for a free one). */
    public static void main(String[] args) throws IOException {
        var kafka = EmbeddedKafka.start(Path.of(args[0]), Integer.parseInt(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        Files.createFile(Path.of(args[1]));
    }
}
