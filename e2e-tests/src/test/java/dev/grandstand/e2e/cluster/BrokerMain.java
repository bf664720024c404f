package dev.grandstand.e2e.cluster;

import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A Kafka broker as a process of its own. What it stored is there again when it is started on the same folder. */
public final class BrokerMain {

    private BrokerMain() {}

    /** @param arguments the folder and the port */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var broker = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            broker.close();
            stopped.countDown();
        }));
        System.out.println("serving " + broker.bootstrapServers());
        stopped.await();
    }
}
