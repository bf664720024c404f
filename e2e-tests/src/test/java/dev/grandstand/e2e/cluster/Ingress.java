package dev.grandstand.e2e.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One address in front of all signaling instances, as a cluster has: a connection goes to the instance that is preferred,
 * or to the next that takes it. Knows nothing of what it carries; when an instance dies, its connections break.
 */
public final class Ingress implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final List<URI> instances;
    private final NetServer server;
    private final NetClient client = vertx.createNetClient();
    private volatile int preferred;

    /** @param instances where to, for instance {@code http://localhost:20080} */
    public Ingress(List<URI> instances) {
        this.instances = List.copyOf(instances);
        server = get(vertx.createNetServer().connectHandler(this::carry).listen(0, "127.0.0.1"));
    }

    /** Where new connections go, if they can. */
    public void prefer(int instance) {
        preferred = instance;
    }

    /** By a name that browsers trust with cameras: {@code http://localhost:<port>}. */
    public String pages() {
        return "http://localhost:" + server.actualPort();
    }

    private void carry(NetSocket browser) {
        browser.pause();
        connect(preferred, instances.size())
                .onSuccess(instance -> {
                    // Closing one side closes the other.
                    browser.pipeTo(instance);
                    instance.pipeTo(browser);
                    browser.resume();
                })
                .onFailure(nobody -> browser.close());
    }

    private Future<NetSocket> connect(int instance, int attempts) {
        var to = instances.get(instance % instances.size());
        var connecting = client.connect(to.getPort(), "127.0.0.1");
        return attempts <= 1 ? connecting : connecting.recover(dead -> connect(instance + 1, attempts - 1));
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        get(vertx.close());
    }
}
