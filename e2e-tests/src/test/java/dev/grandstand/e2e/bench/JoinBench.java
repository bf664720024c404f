package dev.grandstand.e2e.bench;

import dev.grandstand.loadagent.SignalingClient;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.client.ClientMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Joins one after another: from dialling the WebSocket to {@code joined}. Beside them, through the same broker, what a
 * join cannot do without: a command that is durable, and a transaction with its outcome.
 */
final class JoinBench implements Benchmark {

    private static final int JOINS = 500;
    /** People do not come one right behind the other: these find every thread asleep. */
    private static final int QUIET_JOINS = 40;

    private static final int QUIET_MILLIS = 500;
    private static final double TARGET_MILLIS = 25;
    private static final RoomId ROOM = new RoomId("bench-join");

    private final Samples opens = new Samples();
    private final Samples replies = new Samples();
    private final Samples earlyJoins = new Samples();
    private final Samples lateJoins = new Samples();
    private final Samples quietJoins = new Samples();
    private final Samples leaves = new Samples();

    @Override
    public Report run(Settings settings) throws Exception {
        int count = settings.sizeOr(JOINS);
        var vertx = Vertx.vertx();
        try (var folder = FreshFolder.fresh();
                var system = RunningSystem.start(settings, folder.path(), Map.of())) {
            var sockets = vertx.createWebSocketClient();
            for (int i = 0; i < count; i++) {
                join(vertx, sockets, system.socket(), i < count / 2 ? earlyJoins : lateJoins);
            }
            for (int i = 0; i < QUIET_JOINS; i++) {
                TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
                join(vertx, sockets, system.socket(), quietJoins);
            }
            Samples plain;
            Samples transaction;
            Samples quietPlain;
            Samples quietTransaction;
            try (var kafka = new KafkaLimits(system.kafka())) {
                plain = kafka.roundTrips(count, 0);
                transaction = kafka.transactions(count, 0);
                quietPlain = kafka.roundTrips(QUIET_JOINS, QUIET_MILLIS);
                quietTransaction = kafka.transactions(QUIET_JOINS, QUIET_MILLIS);
            }
            var joins = earlyJoins.with(lateJoins);
            return new Report("join")
                    .parameter("joins", count)
                    .add(Figure.lower("join_p50_ms", joins.median(), "ms")
                            .limit(plain.median() + transaction.median())
                            .target(TARGET_MILLIS))
                    .add(Figure.lower("join_p99_ms", joins.percentile(99), "ms")
                            .limit(plain.percentile(99) + transaction.percentile(99)))
                    .add(Figure.lower("join_second_half_p50_ms", lateJoins.median(), "ms"))
                    .add(Figure.lower("join_second_half_p99_ms", lateJoins.percentile(99), "ms"))
                    .add(Figure.lower("join_after_quiet_p50_ms", quietJoins.median(), "ms")
                            .limit(quietPlain.median() + quietTransaction.median()))
                    .add(Figure.lower("socket_open_p50_ms", opens.median(), "ms"))
                    .add(Figure.lower("join_to_joined_p50_ms", replies.median(), "ms"))
                    .add(Figure.lower("leave_to_ok_p50_ms", leaves.median(), "ms"))
                    .add(Figure.lower("kafka_round_trip_p50_ms", plain.median(), "ms"))
                    .add(Figure.lower("kafka_round_trip_p99_ms", plain.percentile(99), "ms"))
                    .add(Figure.lower("kafka_transaction_p50_ms", transaction.median(), "ms"))
                    .add(Figure.lower("kafka_transaction_p99_ms", transaction.percentile(99), "ms"));
        } finally {
            Waiting.get(vertx.close());
        }
    }

    private void join(Vertx vertx, WebSocketClient sockets, URI url, Samples joined) throws Exception {
        long began = System.nanoTime();
        var client = Waiting.get(SignalingClient.open(vertx, sockets, url, news -> {}));
        opens.addMillisSince(began);
        long asked = System.nanoTime();
        Waiting.get(
                client.request(id -> new ClientMessage.Join(id, ROOM, new DisplayName("Ann"), null, null, null, null)));
        replies.addMillisSince(asked);
        joined.addMillisSince(began);
        long leaving = System.nanoTime();
        Waiting.get(client.request(ClientMessage.Leave::new));
        leaves.addMillisSince(leaving);
        Waiting.get(client.close());
    }
}
