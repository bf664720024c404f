package dev.grandstand.eventlog.embedded;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * What a broker that was killed has left: a registration under which it still counts as alive and leads every partition.
 *
 * <p>Started over that, the broker takes up its transaction coordinators before it can be reached, and is then declared
 * dead, for a moment, by its own controller. Whatever a coordinator wants to tell partitions then (that a transaction was
 * committed, or aborted because its time is over) is dropped, since partitions without a leader "are likely deleted
 * already" ({@code TransactionMarkerChannelManager} of Kafka 4.3.1): the transaction is complete for the coordinator and
 * open for ever in the partitions, whose readers and stream processors wait for its end. So the controller is run alone
 * first, until it has declared the former life dead. That also spares the broker the wait for its own session to run out.
 */
final class FormerLife {

    /** Written by a broker that stops in order ({@code CleanShutdownFileHandler}), removed by its next start. */
    private static final String STOPPED_IN_ORDER = ".kafka_cleanshutdown";

    private static final String METRICS = "kafka.controller:type=KafkaController,name=";
    private static final Duration SESSION = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private FormerLife() {}

    /**
     * Blocks until the former life, if it did not stop in order, is known to be over.
     *
     * @param folder where the broker stores everything; formatted
     * @param properties of the broker that is to start
     * @param controllerAddress its controller's host and port
     * @throws IOException if it still counts as alive after some seconds
     */
    static void end(Path folder, Map<String, String> properties, String controllerAddress) throws IOException {
        if (Files.exists(folder.resolve(STOPPED_IN_ORDER))) {
            return;
        }
        var controller = new KafkaRaftServer(
                new KafkaConfig(controllerAlone(properties, controllerAddress), false), Time.SYSTEM);
        controller.startup();
        try {
            awaitNobodyAlive();
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static Properties controllerAlone(Map<String, String> broker, String address) {
        var properties = new Properties();
        properties.putAll(broker);
        properties.remove("advertised.listeners");
        properties.remove("inter.broker.listener.name");
        properties.put("process.roles", "controller");
        properties.put("listeners", "CONTROLLER://" + address);
        properties.put("broker.session.timeout.ms", String.valueOf(SESSION.toMillis()));
        properties.put("broker.heartbeat.interval.ms", String.valueOf(SESSION.toMillis() / 4));
        return properties;
    }

    private static void awaitNobodyAlive() throws IOException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (count("FencedBrokerCount") == 0 || count("ActiveBrokerCount") > 0) {
            if (System.nanoTime() > deadline) {
                if (count("ActiveBrokerCount") == 0) {
                    return; // It was killed before it had ever registered.
                }
                throw new IOException("the broker's former life still counts as alive after " + LIMIT);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Kafka tells this by JMX only. */
    private static int count(String brokers) throws IOException {
        try {
            var value =
                    ManagementFactory.getPlatformMBeanServer().getAttribute(new ObjectName(METRICS + brokers), "Value");
            return ((Number) value).intValue();
        } catch (InstanceNotFoundException notYet) {
            return 0;
        } catch (JMException e) {
            throw new IOException("the controller does not tell " + brokers, e);
        }
    }
}
