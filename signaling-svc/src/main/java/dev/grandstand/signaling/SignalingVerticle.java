package dev.grandstand.signaling;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.servicekit.Health;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the port: pages and WebSockets, and the hub that serves them. */
final class SignalingVerticle extends AbstractVerticle {

    /** Larger frames end the connection; up to here they are answered by an error ({@link Session}). */
    private static final int MAX_FRAME_BYTES = 2 << 20;

    /** The kernel would keep up to 4 MiB for a client that does not read, and we would notice as much later. */
    private static final int SEND_BUFFER_BYTES = 256 << 10;

    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(40);
    private static final Duration AUDIENCE_INTERVAL = Duration.ofSeconds(1);
    /** Who came in together is not given a new token in one go. */
    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration FAREWELL_TIMEOUT = Duration.ofSeconds(3);
    private static final short NORMAL_CLOSURE = 1000;

    private final SignalingConfig config;
    private final Doorkeeper door;
    private final EventLog log;
    private final MediaServers nodes;
    private final Negotiations negotiations;
    private final Health health;
    private final Clock clock;

    private @Nullable Services services;
    private volatile @Nullable Hub hub;
    private @Nullable HttpServer server;

    SignalingVerticle(
            SignalingConfig config,
            Doorkeeper door,
            EventLog log,
            MediaServers nodes,
            Negotiations negotiations,
            Health health,
            Clock clock) {
        this.door = door;
        this.config = config;
        this.log = log;
        this.nodes = nodes;
        this.negotiations = negotiations;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void start(Promise<Void> started) {
        var here = new Services(context, log, config.instance(), clock);
        Later later = this::later;
        var sessions = new Hub(here, later, node -> nodes.on(node).connect());
        var pings = new PingTurns();
        var tokens = new ResumeTokens(config.secret(), clock);
        var admission = config.admission().create(vertx);
        services = here;
        hub = sessions;
        nodes.onNodeLost(sessions::onNodeLost);
        vertx.setPeriodic(AUDIENCE_INTERVAL.toMillis(), timer -> sessions.announceAudiences());
        vertx.setPeriodic(PingTurns.TURN.toMillis(), timer -> pings.tick());
        vertx.setPeriodic(RENEWAL_INTERVAL.toMillis(), timer -> sessions.renewResumeTokens());
        var options = new HttpServerOptions()
                // A negative port is a free one that all event loops share.
                .setPort(config.port() == 0 ? -1 : config.port())
                .setCompressionSupported(true)
                // A frame that goes to everybody would be compressed for each socket anew, with a window of its own for
                // each.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                // HTTP/2 is the ingress's, over TLS; the proxy to room-svc cannot pass a request on that was upgraded.
                .setHttp2ClearTextEnabled(false)
                .setReadIdleTimeout((int) SILENCE_LIMIT.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxWebSocketFrameSize(MAX_FRAME_BYTES)
                .setMaxWebSocketMessageSize(MAX_FRAME_BYTES);
        server = vertx.createHttpServer(options)
                .requestHandler(Pages.router(vertx, config, health))
                .webSocketHandshakeHandler(door::handshake)
                .webSocketHandler(socket -> connect(sessions, here, admission, tokens, later, pings, socket));
        server.listen().<Void>mapEmpty().onComplete(started);
    }

    private void connect(
            Hub sessions,
            Services here,
            Admission admission,
            ResumeTokens tokens,
            Later later,
            PingTurns pings,
            ServerWebSocket socket) {
        var gate = door.gateFor(socket);
        var client = new ClientSocket(socket, door.metrics());
        var refusal = door.entered(gate.address());
        if (refusal.isPresent()) {
            door.metrics().notLetIn(refusal.get());
            socket.closeHandler(closed -> door.left());
            client.send(Frame.of(refusal.get().toMessage(null)));
            client.close(ClientSocket.TRY_AGAIN_LATER, "try again later");
            return;
        }
        var session = new Session(
                client,
                gate,
                admission,
                tokens,
                later,
                sessions,
                here,
                new MediaNodes(nodes, negotiations, context),
                participant -> config.iceServers().issue(participant, clock.instant()));
        sessions.connected(session);
        var endPings = pings.every(() -> socket.writePing(Buffer.buffer()));
        socket.textMessageHandler(session::onText)
                .binaryMessageHandler(bytes -> session.onBinary())
                // A broken connection also closes; there is nothing else to do about it.
                .exceptionHandler(broken -> {})
                .closeHandler(closed -> {
                    endPings.run();
                    door.left();
                    sessions.disconnected(session);
                    if (client.isPutOut() || saidGoodbye(socket)) {
                        session.onGoodbye();
                    } else {
                        session.onSocketLost();
                    }
                });
    }

    /** A page that closes says so (RFC 6455 section 7.4.1); a network or a browser that dies does not. */
    private static boolean saidGoodbye(ServerWebSocket socket) {
        var code = socket.closeStatusCode();
        return code != null && (code == NORMAL_CLOSURE || code == ClientSocket.GOING_AWAY);
    }

    /** The port that the server listens on, once started. */
    int port() {
        var open = server;
        return open == null ? config.port() : open.actualPort();
    }

    int sessionCount() {
        var here = hub;
        return here == null ? 0 : here.sessionCount();
    }

    void onRoomEvent(EventRecord<RoomEvent> record) {
        onHub(sessions -> sessions.onRoomEvent(record));
    }

    void onChatEvent(EventRecord<ChatEvent> record) {
        onHub(sessions -> sessions.onChatEvent(record));
    }

    void onMediaEvent(EventRecord<MediaEvent> record, Trace trace) {
        onHub(sessions -> sessions.onMediaEvent(record, trace));
    }

    private void onHub(Handler<Hub> action) {
        var here = hub;
        // Before the verticle has started there is nobody to tell.
        if (here != null) {
            context.runOnContext(now -> action.handle(here));
        }
    }

    /**
     * Sends everybody to other instances, or away; the door has to be shut. Completes when Kafka knows, so that nobody
     * stays behind as a ghost, and the sockets are closed, or took too long for it.
     */
    Future<Void> drain() {
        var drained = Promise.<Void>promise();
        var told = services;
        var here = hub;
        if (told == null || here == null) {
            return Future.succeededFuture();
        }
        context.runOnContext(now -> new Drain(this::later, config.drain())
                .empty(here.sessions())
                .compose(emptied -> {
                    // Who was let in while the door was being shut.
                    here.sessions().forEach(Session::dismiss);
                    if (!config.secret().shared()) {
                        here.away().forEach(Visit::stopWaiting);
                    }
                    return Future.join(told.allTold(), here.emptied())
                            .timeout(FAREWELL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                })
                .<Void>mapEmpty()
                .onComplete(drained));
        return drained.future();
    }

    private void later(Duration delay, Runnable action) {
        if (delay.isZero()) {
            context.runOnContext(now -> action.run());
        } else {
            vertx.setTimer(Math.max(1, delay.toMillis()), timer -> action.run());
        }
    }
}
