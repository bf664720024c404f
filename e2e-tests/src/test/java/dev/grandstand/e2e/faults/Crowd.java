package dev.grandstand.e2e.faults;

import dev.grandstand.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The clients, on two event loops, and what they were told. */
final class Crowd implements AutoCloseable {

    private static final int LOOPS = 2;
    private static final Duration TICK = Duration.ofMillis(100);

    /** So often does a client do something, on average. */
    private static final Duration PACE = Duration.ofSeconds(4);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final List<Part> parts = new ArrayList<>();
    private final List<Deed> deeds = new ArrayList<>();

    /** They begin to come at once. */
    Crowd(List<URI> doors, List<RoomId> rooms, int clients, long seed) {
        for (int loop = 0; loop < LOOPS; loop++) {
            var first = loop;
            var part = new Part(
                    IntStream.range(0, clients)
                            .filter(index -> index % LOOPS == first)
                            .boxed()
                            .toList(),
                    doors,
                    rooms,
                    seed,
                    this::note);
            parts.add(part);
            get(vertx.deployVerticle(part));
        }
    }

    private synchronized void note(Deed deed) {
        deeds.add(deed);
    }

    /** Everything so far, in the order in which its end was known. */
    synchronized List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    /** Whether they only finish what they have begun; so they do at first. */
    void beQuiet(boolean now) {
        each(client -> {
            client.beQuiet(now);
            return client;
        });
    }

    void goHome() {
        each(client -> {
            client.goHome();
            return client;
        });
    }

    List<ScriptedClient.State> states() {
        return each(ScriptedClient::state);
    }

    private <T> List<T> each(Function<ScriptedClient, T> question) {
        return parts.stream().flatMap(part -> get(part.each(question)).stream()).toList();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        goHome();
        get(vertx.close());
    }

    /** Those of one event loop. */
    private static final class Part extends VerticleBase {

        private final List<Integer> indices;
        private final List<URI> doors;
        private final List<RoomId> rooms;
        private final long seed;
        private final Consumer<Deed> ledger;
        private final List<ScriptedClient> clients = new ArrayList<>();
        private int turn;

        Part(List<Integer> indices, List<URI> doors, List<RoomId> rooms, long seed, Consumer<Deed> ledger) {
            this.indices = indices;
            this.doors = doors;
            this.rooms = rooms;
            this.seed = seed;
            this.ledger = ledger;
        }

        @Override
        public Future<?> start() {
            var sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                    .setMaxConnections(10_000)
                    .setConnectTimeout(3_000)
                    .setClosingTimeout(1));
            for (var index : indices) {
                var client = new ScriptedClient(vertx, sockets, doors, rooms, index, seed, ledger);
                clients.add(client);
                client.start();
            }
            vertx.setPeriodic(TICK.toMillis(), timer -> tick());
            return Future.succeededFuture();
        }

        /** A few each time, so that each has its turn once in the pace. */
        private void tick() {
            var now = (int) Math.max(1, clients.size() * TICK.toMillis() / PACE.toMillis());
            for (int i = 0; i < now; i++) {
                clients.get(turn).act();
                turn = (turn + 1) % clients.size();
            }
        }

        <T> Future<List<T>> each(Function<ScriptedClient, T> question) {
            return Future.future(answer -> context.runOnContext(
                    now -> answer.complete(clients.stream().map(question).toList())));
        }
    }
}
