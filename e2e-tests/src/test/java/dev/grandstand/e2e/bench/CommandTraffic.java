package dev.grandstand.e2e.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Somebody who writes commands into one topic and reads from another, committed, what becomes of them. Used by one thread; reads
 * on another.
 */
final class CommandTraffic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOT_ANSWERED = 0;

    private final String commands;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Function<ConsumerRecord<String, byte[]>, Optional<String>> answered;
    private final Map<String, Long> open = new ConcurrentHashMap<>();
    private final AtomicLong answers = new AtomicLong();
    private final Semaphore window = new Semaphore(NOT_ANSWERED);
    private final Thread reader = new Thread(this::read, "events");
    private volatile Histogram latencies = new Histogram();
    private volatile boolean closed;

    /**
     * A command.
     *
     * @param id by which its event is known
     * @param key in the topic
     */
    record Command(String id, String key, byte[] value) {}

    /** @param answered the id of the command that an event answers, if it does */
    CommandTraffic(
            String bootstrap,
            String commands,
            String events,
            Function<ConsumerRecord<String, byte[]>, Optional<String>> answered) {
        this.commands = commands;
        this.answered = answered;
        this.producer = new KafkaProducer<>(
                KafkaClient.settings(bootstrap, Map.of("acks", "all", "linger.ms", 0)),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                KafkaClient.settings(
                        bootstrap, Map.of("isolation.level", "read_committed", "enable.auto.commit", "false")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(events).stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reader.start();
    }

    /** So many a second, each counted from when it was due; completes when all have been answered. */
    Histogram steady(double perSecond, Duration length, Supplier<Command> next) throws InterruptedException {
        latencies = new Histogram();
        long since = System.nanoTime();
        long count = (long) (perSecond * length.toMillis() / 1000);
        for (long i = 0; i < count; i++) {
            long due = since + (long) (i * TimeUnit.SECONDS.toNanos(1) / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            send(next.get(), due);
        }
        awaitAnswers();
        return latencies;
    }

    /** As many as are answered, with so many open at a time; answers a second. */
    double flood(int atOnce, Duration length, Supplier<Command> next) throws InterruptedException {
        window.drainPermits();
        window.release(atOnce);
        long before = answers.get();
        long since = System.nanoTime();
        while (System.nanoTime() - since < length.toNanos()) {
            if (window.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                send(next.get(), System.nanoTime());
            }
        }
        double perSecond = (answers.get() - before) * 1e9 / (System.nanoTime() - since);
        awaitAnswers();
        return perSecond;
    }

    private void awaitAnswers() throws InterruptedException {
        Waiting.until("all commands are answered", PATIENCE, open::isEmpty);
    }

    private void send(Command command, long due) {
        open.put(command.id(), due);
        producer.send(new ProducerRecord<>(commands, command.key(), command.value()));
    }

    private void read() {
        while (!closed) {
            for (var record : consumer.poll(Duration.ofMillis(100))) {
                answered.apply(record).ifPresent(this::count);
            }
        }
        consumer.close();
    }

    private void count(String id) {
        var due = open.get(id);
        if (due != null) {
            latencies.add(System.nanoTime() - due);
            answers.incrementAndGet();
            window.release();
            open.remove(id);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        reader.join(PATIENCE.toMillis());
        producer.close(Duration.ofSeconds(5));
    }
}
