package dev.grandstand.mediaclient.kurento;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.MediaServer;
import dev.grandstand.mediaclient.Offers;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long a node takes, as seen through the adapter; to be run by hand against {@code GRANDSTAND_MEDIA_NODES}, or else
 * against a relay in this process. Prints p50, p95 and the longest, in microseconds.
 */
final class Latency {

    private static final int ROUNDS = 300;
    private final Vertx vertx = Vertx.vertx();
    private final MediaServer node;

    private Latency(NodeRef ref) {
        node = new KurentoMediaServers(vertx).on(ref);
    }

    public static void main(String[] arguments) throws Exception {
        var configured = System.getenv("GRANDSTAND_MEDIA_NODES");
        try (var relay = new RelayNode()) {
            var ref = configured == null
                    ? relay.ref()
                    : new NodeRef(new NodeId("configured"), URI.create(configured.split(",")[0].strip()));
            var latency = new Latency(ref);
            latency.run(false);
            latency.run(true);
            latency.vertx.close().await(5, TimeUnit.SECONDS);
        }
    }

    private void run(boolean print) throws Exception {
        var pipeline = ask(() -> node.createPipeline(Map.of("room", "latency")));
        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), new EndpointListener() {}));
        var create = new long[ROUNDS];
        var publish = new long[ROUNDS];
        var view = new long[ROUNDS];
        var candidate = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            create[i] =
                    timed(() -> node.createPipeline(Map.of("room", "latency")).compose(node::release)) / 2;
            publish[i] = timed(() -> node.publish(pipeline, Offers.sending(), Map.of(), new EndpointListener() {}));
            Promise<Long> first = Promise.promise();
            long begin = System.nanoTime();
            view[i] = timed(() -> node.view(
                    pipeline, source.id(), Offers.receiving(), Map.of("participant", "p"), new EndpointListener() {
                        @Override
                        public void candidate(IceCandidate found) {
                            first.tryComplete(System.nanoTime() - begin);
                        }
                    }));
            candidate[i] = first.future().await(5, TimeUnit.SECONDS) / 1000;
        }
        ask(() -> node.release(pipeline));
        if (print) {
            print("one round trip (create or release)", create);
            print("publish, to the answer", publish);
            print("view, to the answer", view);
            print("view, to the first candidate", candidate);
        }
    }

    private long timed(Supplier<Future<?>> question) throws Exception {
        long begin = System.nanoTime();
        ask(() -> question.get().mapEmpty());
        return (System.nanoTime() - begin) / 1000;
    }

    private <T> T ask(Supplier<Future<T>> question) throws Exception {
        Promise<T> answer = Promise.promise();
        vertx.getOrCreateContext().runOnContext(go -> question.get().onComplete(answer));
        return answer.future().await(10, TimeUnit.SECONDS);
    }

    private static void print(String what, long[] micros) {
        Arrays.sort(micros);
        System.out.printf(
                "%-36s p50 %6d  p95 %6d  max %6d us%n",
                what, micros[micros.length / 2], micros[micros.length * 95 / 100], micros[micros.length - 1]);
    }
}
