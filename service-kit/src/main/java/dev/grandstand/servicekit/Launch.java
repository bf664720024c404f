package dev.grandstand.servicekit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The life of a process that is one service: configure, start, wait for a signal, stop in order. */
public final class Launch {

    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private Launch() {}

    /**
     * A Vert.x that counts what it does for {@code /metrics}, in a process whose libraries all log to one place. On Linux it
     * has its sockets by epoll directly: writing to one takes a tenth less than by Java's own channels, which do elsewhere.
     */
    public static Vertx vertx() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true));
        var vertx = Vertx.vertx(new VertxOptions().setMetricsOptions(metrics).setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            LOG.atInfo()
                    .addKeyValue("why", String.valueOf(vertx.unavailableNativeTransportCause()))
                    .log("no epoll here, sockets are Java's own");
        }
        OwnProcess.show(Health.meters());
        return vertx;
    }

    /**
     * Runs a service until SIGTERM or SIGINT. Exits with 2 when the configuration cannot be used and with 1 when the
     * service does not start.
     *
     * @param configure parses the service's configuration; what it returns is logged
     * @param create makes the service from it
     */
    public static <C> void main(Function<Env, C> configure, BiFunction<Vertx, C, Service> create) {
        C config;
        try {
            config = configure.apply(Env.system());
        } catch (BadConfiguration e) {
            LOG.error("bad configuration: {}", e.getMessage());
            System.exit(2);
            return;
        }
        LOG.atInfo().addKeyValue("config", config).log("starting");
        var vertx = vertx();
        var service = create.apply(vertx, config);
        if (!run(vertx, service)) {
            System.exit(1);
        }
    }

    private static boolean run(Vertx vertx, Service service) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(vertx, service)));
        try {
            service.start()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("ready");
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.atError().setCause(e).log("did not start");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits for the service before Vert.x is closed, and not in one chain of futures: one that belongs to an event loop
     * cannot complete after the loop has ended.
     */
    private static void stop(Vertx vertx, Service service) {
        LOG.info("stopping");
        await("service", service.stop(), service.stopsWithin());
        await("Vert.x", vertx.close(), CLOSE_TIMEOUT);
    }

    private static void await(String what, Future<Void> end, Duration timeout) {
        try {
            end.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            LOG.atInfo().addKeyValue("what", what).log("stopped");
        } catch (ExecutionException | TimeoutException e) {
            LOG.atError().addKeyValue("what", what).setCause(e).log("did not stop in order");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
