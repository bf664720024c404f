package dev.grandstand.e2e.bench;

import dev.grandstand.loadagent.SignalingClient;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.client.ClientMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.util.Map;

/**
 * Joins one after another: from dialling the WebSocket to {@code joined}. Beside them, through the same broker, what a
 * join cannot do without: a command that is durable, and a transaction with its outcome.
 */
final class JoinBench implements Benchmark {

    private static final int JOINS = 500;
    private static final double TARGET_MILLIS = 25;
    private static final RoomId ROOM = new RoomId("bench-join");

    private final Samples opens = new Samples();
    private final Samples replies = new Samples();
    private final Samples joins = new Samples();
    private final Samples lateJoins = new Samples();
    private final Samples leaves = new Samples();

    @Override
    public Report run(Settings settings) throws Exception {
        int count = settings.sizeOr(JOINS);
        var vertx = Vertx.vertx();
        try (var folder = FreshFolder.fresh();
                var system = RunningSystem.start(settings, folder.path(), Map.of())) {
            var sockets = vertx.createWebSocketClient();
            for (int i = 0; i < count; i++) {
                join(vertx, sockets, system.socket(), i >= count / 2);
            }
            Samples plain;
            Samples transaction;
            try (var kafka = new KafkaLimits(system.kafka())) {
                plain = kafka.roundTrips(count);
                transaction = kafka.transactions(count);
            }
            return new Report("join")
                    .parameter("joins", count)
                    .add(Figure.lower("join_p50_ms", joins.median(), "ms")
                            .limit(plain.median() + transaction.median())
                            .target(TARGET_MILLIS))
                    .add(Figure.lower("join_p99_ms", joins.percentile(99), "ms")
                            .limit(plain.percentile(99) + transaction.percentile(99)))
                    .add(Figure.lower("join_second_half_p50_ms", lateJoins.median(), "ms"))
                    .add(Figure.lower("join_second_half_p99_ms", lateJoins.percentile(99), "ms"))
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

    private void join(Vertx vertx, WebSocketClient sockets, URI url, boolean late) throws Exception {
        long began = System.nanoTime();
        var client = Waiting.get(SignalingClient.open(vertx, sockets, url, news -> {}));
        opens.addMillisSince(began);
        long asked = System.nanoTime();
        Waiting.get(client.request(id -> new ClientMessage.Join(id, ROOM, new DisplayName("Ann"), null, null)));
        replies.addMillisSince(asked);
        joins.addMillisSince(began);
        if (late) {
            lateJoins.addMillisSince(began);
        }
        long leaving = System.nanoTime();
        Waiting.get(client.request(ClientMessage.Leave::new));
        leaves.addMillisSince(leaving);
        Waiting.get(client.close());
    }
}
