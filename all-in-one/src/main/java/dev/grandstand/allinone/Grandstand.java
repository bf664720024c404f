package dev.grandstand.allinone;

import dev.grandstand.allocator.AllocatorConfig;
import dev.grandstand.allocator.AllocatorService;
import dev.grandstand.chat.ChatConfig;
import dev.grandstand.chat.ChatService;
import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.relay.MediaRelay;
import dev.grandstand.relay.RelayConfig;
import dev.grandstand.room.RoomConfig;
import dev.grandstand.room.RoomService;
import dev.grandstand.servicekit.Env;
import dev.grandstand.servicekit.Launch;
import dev.grandstand.servicekit.Service;
import dev.grandstand.signaling.SignalingConfig;
import dev.grandstand.signaling.SignalingService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: starts Kafka, then the relay, then the services, and signaling-svc last, because that is what
 * lets people in. Stops in the reverse order: everybody leaves first, and Kafka goes last, with all that was
 * acknowledged on disk.
 */
public final class Grandstand implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Grandstand.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private @Nullable EmbeddedKafka kafka;
    private @Nullable MediaRelay relay;
    private @Nullable SignalingService signaling;
    private @Nullable RoomService rooms;
    private @Nullable AllocatorService allocator;

    private Grandstand(Vertx vertx) {
        this.vertx = vertx;
        started.push(() -> await(vertx.close(), STOP_TIMEOUT));
    }

    /**
     * Blocks until people can come in.
     *
     * @throws IOException if something does not start; whatever had been started is stopped again
     */
    public static Grandstand start(AllInOneConfig config) throws IOException {
        var grandstand = new Grandstand(Launch.vertx());
        try {
            grandstand.startAll(config);
            return grandstand;
        } catch (IOException | RuntimeException e) {
            grandstand.close();
            throw e;
        }
    }

    private void startAll(AllInOneConfig config) throws IOException {
        var env = config.variables();
        var relayStarting = startRelay(config);
        var broker = EmbeddedKafka.start(config.dataDir().resolve("kafka"), config.kafkaPort());
        kafka = broker;
        started.push(broker);
        var node = await(relayStarting, START_TIMEOUT);
        relay = node;
        started.push(() -> await(node.close(), STOP_TIMEOUT));

        env = env.with(Map.of(
                "GRANDSTAND_KAFKA", broker.bootstrapServers(),
                "GRANDSTAND_TOPIC_PARTITIONS", env.text("GRANDSTAND_TOPIC_PARTITIONS", "4"),
                // Whoever runs everything on one machine operates it from there.
                "GRANDSTAND_ADMIN_HOST", env.text("GRANDSTAND_ADMIN_HOST", "127.0.0.1"),
                "GRANDSTAND_MEDIA_NODES",
                        env.text("GRANDSTAND_MEDIA_NODES", node.uri().toString())));
        var roomService = new RoomService(vertx, RoomConfig.from(env));
        rooms = roomService;
        var allocatorService = new AllocatorService(vertx, AllocatorConfig.from(env));
        allocator = allocatorService;
        startTogether(roomService, new ChatService(vertx, ChatConfig.from(env)), allocatorService);

        env = env.with(Map.of(
                "GRANDSTAND_ROOMS_UPSTREAM",
                "http://127.0.0.1:" + roomService.port(),
                // There is no other instance to go to.
                "GRANDSTAND_DRAIN",
                env.text("GRANDSTAND_DRAIN", "0s"),
                "GRANDSTAND_SECRET",
                secret(env, config)));
        var doorConfig = SignalingConfig.from(env);
        var door = new SignalingService(vertx, doorConfig, new KurentoMediaServers(vertx, doorConfig.nodeSilence()));
        signaling = door;
        startTogether(door);
    }

    private static String secret(Env env, AllInOneConfig config) throws IOException {
        var configured = env.text("GRANDSTAND_SECRET", "");
        return configured.isEmpty() ? KeptSecret.in(config.dataDir()) : configured;
    }

    private Future<MediaRelay> startRelay(AllInOneConfig config) {
        var env = config.variables()
                .with(Map.of(
                        "GRANDSTAND_RELAY_HOST",
                        "127.0.0.1",
                        "GRANDSTAND_RELAY_PORT",
                        String.valueOf(config.relayPort())));
        return MediaRelay.start(vertx, RelayConfig.from(env));
    }

    private void startTogether(Service... services) throws IOException {
        var all = List.of(services);
        var patience =
                all.stream().map(Service::stopsWithin).max(Duration::compareTo).orElseThrow();
        started.push(() -> await(Future.join(all.stream().map(Service::stop).toList()), patience));
        await(Future.all(all.stream().map(Service::start).toList()), START_TIMEOUT);
    }

    /** Where the pages and the WebSocket are. */
    public int httpPort() {
        return running(signaling).port();
    }

    /** Where room-svc answers. */
    public int roomPort() {
        return running(rooms).port();
    }

    /** Where operators are answered; only where there is a token for them. */
    public int adminPort() {
        return running(rooms).adminPort();
    }

    /** Where operators of the media plane are answered; only where there is a token for them. */
    public int allocatorAdminPort() {
        return running(allocator).adminPort();
    }

    /** Where the embedded Kafka is. */
    public String kafkaBootstrap() {
        return running(kafka).bootstrapServers();
    }

    /** The relay's Kurento protocol. */
    public URI mediaNodeUri() {
        return running(relay).uri();
    }

    /** Stops everything, in order; a part that does not stop in time is logged and left behind. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            var part = started.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.atError().setCause(e).log("a part did not stop in order");
            }
        }
    }

    private static <T> T running(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not running");
        }
        return part;
    }

    private static <T> T await(Future<T> future, Duration limit) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
