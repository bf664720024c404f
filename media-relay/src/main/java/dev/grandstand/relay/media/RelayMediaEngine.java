package dev.grandstand.relay.media;

import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.net.MediaLoop;
import dev.grandstand.webrtc.rtcp.RtcpWriter;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: a node's transports, the endpoints on them, and the clock that makes them report. */
final class RelayMediaEngine implements MediaEngine {

    private static final Logger log = LoggerFactory.getLogger(RelayMediaEngine.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int SCRATCH = 2_048;

    private final MediaEngineConfig config;
    private final RtcNode node;
    private final MediaLoop loop;
    private final Set<RelayEndpoint> endpoints = new LinkedHashSet<>();
    private final FigureKeeper keeper = new FigureKeeper();
    private final byte[] scratch = new byte[SCRATCH];
    private final RtcpWriter rtcp = new RtcpWriter();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RelayMediaEngine(MediaEngineConfig config) {
        this.config = config;
        this.node = RtcNode.open(config.udpPort(), true);
        this.loop = node.loop();
        loop.execute(() -> tick(loop.now()));
    }

    static MediaEngine start(MediaEngineConfig config) {
        var engine = new RelayMediaEngine(config);
        log.atInfo().addKeyValue("udpPort", engine.udpPort()).log("media engine started");
        return engine;
    }

    RtcNode node() {
        return node;
    }

    String sessionName() {
        return config.sessionName();
    }

    /** For the one packet that is being made; loop thread only. */
    byte[] scratch() {
        return scratch;
    }

    /** For the one report that is being made; loop thread only. */
    RtcpWriter rtcp() {
        return rtcp.clear();
    }

    void forget(RelayEndpoint endpoint) {
        if (endpoints.remove(endpoint)) {
            keeper.gone(endpoint);
        }
    }

    /** @param due when it should have been called, by the loop's clock */
    private void tick(long due) {
        long now = loop.now();
        keeper.tick(endpoints, Math.max(0, now - due));
        for (RelayEndpoint endpoint : List.copyOf(endpoints)) {
            endpoint.tick(now);
        }
        long next = now + TICK.toNanos();
        loop.schedule(TICK, () -> tick(next));
    }

    private void refuseIfClosed() {
        if (closed.get()) {
            throw new IllegalStateException("media engine is closed");
        }
    }

    @Override
    public RtcEndpoint createEndpoint(RtcEndpointListener listener) {
        refuseIfClosed();
        var endpoint = new RelayEndpoint(this, listener);
        loop.run(() -> endpoints.add(endpoint));
        return endpoint;
    }

    @Override
    public PassThrough createPassThrough() {
        refuseIfClosed();
        return new RelayPassThrough(loop);
    }

    @Override
    public MediaFigures figures() {
        return keeper.figures();
    }

    @Override
    public int udpPort() {
        return node.port();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            loop.call(() -> {
                var open = List.copyOf(endpoints);
                open.forEach(RelayEndpoint::release);
                return open.size();
            });
            node.close();
        }
    }
}
