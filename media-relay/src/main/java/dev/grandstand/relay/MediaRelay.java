package dev.grandstand.relay;

import dev.grandstand.relay.kurento.KurentoConfig;
import dev.grandstand.relay.kurento.KurentoVerticle;
import dev.grandstand.relay.media.MediaEngine;
import dev.grandstand.relay.media.MediaEngineConfig;
import dev.grandstand.servicekit.Health;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A media node in this process: the media plane and the Kurento protocol in front of it. Clients cannot tell it from a
 * Kurento Media Server in what it has: pipelines, WebRTC endpoints and pass-throughs.
 */
public final class MediaRelay {

    private static final Logger log = LoggerFactory.getLogger(MediaRelay.class);

    private final Vertx vertx;
    private final MediaEngine engine;
    private final String deployment;
    private final URI uri;

    private MediaRelay(Vertx vertx, MediaEngine engine, String deployment, URI uri) {
        this.vertx = vertx;
        this.engine = engine;
        this.deployment = deployment;
        this.uri = uri;
    }

    /** Completes when the relay takes requests. If it fails, nothing is left running. */
    public static Future<MediaRelay> start(Vertx vertx, RelayConfig config) {
        return start(vertx, config, () -> MediaEngine.start(engineConfig(config)));
    }

    static Future<MediaRelay> start(Vertx vertx, RelayConfig config, Callable<MediaEngine> engines) {
        return vertx.executeBlocking(engines).compose(engine -> deploy(vertx, config, engine)
                .recover(failure -> close(vertx, engine).transform(closed -> Future.failedFuture(failure))));
    }

    private static Future<MediaRelay> deploy(Vertx vertx, RelayConfig config, MediaEngine engine) {
        var kurentoConfig = new KurentoConfig(
                config.host(), config.port(), config.collectionPeriod(), config.announced(), config.limits());
        var kurento = new KurentoVerticle(kurentoConfig, engine, InstantSource.system());
        return vertx.deployVerticle(kurento).map(deployment -> {
            var uri = URI.create("ws://" + reachable(config.host()) + ":" + kurento.port() + KurentoVerticle.PATH);
            log.atInfo()
                    .addKeyValue("uri", uri)
                    .addKeyValue("udpPort", engine.udpPort())
                    .log("media relay ready");
            RelayMetrics.show(Health.meters(), engine);
            return new MediaRelay(vertx, engine, deployment, uri);
        });
    }

    private static MediaEngineConfig engineConfig(RelayConfig config) {
        return new MediaEngineConfig(
                config.udpPort(), MediaEngineConfig.defaults().sessionName());
    }

    /** An address to connect to on this machine, for an address to listen on. */
    private static String reachable(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "127.0.0.1";
        }
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** Where a client on this machine finds the relay. */
    public URI uri() {
        return uri;
    }

    /** The UDP port of all media. */
    public int udpPort() {
        return engine.udpPort();
    }

    /** Says goodbye to clients, then ends the media. Completes when nothing is left running. */
    public Future<Void> close() {
        return vertx.undeploy(deployment).eventually(() -> close(vertx, engine));
    }

    private static Future<Void> close(Vertx vertx, MediaEngine engine) {
        return vertx.executeBlocking(() -> {
                    engine.close();
                    return true;
                })
                .mapEmpty();
    }
}
