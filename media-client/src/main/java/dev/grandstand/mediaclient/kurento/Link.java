package dev.grandstand.mediaclient.kurento;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.NodeRef;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.kurento.client.Continuation;
import org.kurento.client.KurentoClient;
import org.kurento.jsonrpc.JsonRpcErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one node, on an event loop of its own choosing.
 *
 * <p>It connects once. When the socket breaks it is opened anew for {@link #RECONNECT} and the Kurento session resumed;
 * requests wait meanwhile, those under way have failed. When that does not succeed, when nobody listens at the node's address
 * any more ({@link #REFUSALS}: its process is gone, and all that it had), when the node has forgotten the session,
 * or when it says nothing for some seconds although it is pinged every {@link #PING}, the link is lost: every request
 * fails from then on, and a new link has to be made. A pause of this process is not the node's silence.
 */
final class Link {

    static final Duration PING = Duration.ofMillis(500);
    static final Duration RECONNECT = Duration.ofMillis(900);
    private static final Duration ATTEMPT = Duration.ofMillis(800);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** What is refused is refused at once: it is known soon whether that was a moment only. */
    private static final Duration REFUSED_PAUSE = Duration.ofMillis(60);

    /** One may be a restart of whatever stands in between; a node that lives refuses none. */
    private static final int REFUSALS = 2;

    private static final int INVALID_SESSION = 40007;
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final String name;
    private final VertxInternal vertx;
    private final ContextInternal context;
    private final WebSocketClient client;
    private final NodeRef node;
    private final Duration silence;
    private final Consumer<Link> onLost;
    private final RpcSocket rpc;
    private final KurentoClient kurento;

    private Promise<Void> up;
    private boolean wasUp;
    private Runnable disconnect = () -> {};
    private int refusals;
    private int pingsUnheard;
    private long keepalive = -1;
    private volatile boolean lost;

    /**
     * Starts connecting.
     *
     * @param name for the log
     * @param silence after which the node is lost; Kurento answers requests of one connection one after another, so a slow one
     *     delays the pong as well
     * @param onEvent gets each event's value, on the link's context
     * @param onLost called once, on the link's context, if the link was up before it was lost
     */
    Link(
            String name,
            VertxInternal vertx,
            WebSocketClient client,
            NodeRef node,
            Duration silence,
            Consumer<JsonObject> onEvent,
            Consumer<Link> onLost) {
        this.name = name;
        this.vertx = vertx;
        this.context = vertx.createEventLoopContext();
        this.client = client;
        this.node = node;
        this.silence = silence;
        this.onLost = onLost;
        this.rpc = new RpcSocket(onEvent);
        this.kurento = KurentoClient.createFromJsonRpcClientHonoringClientTimeouts(rpc);
        this.up = context.promise();
        context.runOnContext(start -> connect(System.nanoTime()));
    }

    /** Whether a new link is needed. */
    boolean isLost() {
        return lost;
    }

    /** Runs a request when the link is up; the answer comes on the caller's context, in a bounded time. */
    <T> Future<T> call(Function<RpcSocket, Future<T>> request) {
        var answer = vertx.getOrCreateContext().<T>promise();
        context.runOnContext(go -> up.future()
                .compose(connected -> request.apply(rpc))
                .onFailure(this::watchSession)
                .onComplete(answer));
        return answer.future()
                .timeout(MediaServers.BOUND.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(Failures.of(failure)));
    }

    /** As {@link #call}, in the words of kurento-client's typed API. */
    <T> Future<T> typed(Function<KurentoClient, Future<T>> request) {
        return call(connected -> request.apply(kurento));
    }

    /** A typed asynchronous call as a future. */
    static <T> Future<T> asked(Consumer<Continuation<T>> call) {
        Promise<T> promise = Promise.promise();
        call.accept(new Continuation<>() {
            @Override
            public void onSuccess(T result) {
                promise.tryComplete(result);
            }

            @Override
            public void onError(Throwable cause) {
                promise.tryFail(cause);
            }
        });
        return promise.future();
    }

    /** Disconnects; nobody is told that it is lost. */
    Future<Void> close() {
        var closed = vertx.getOrCreateContext().<Void>promise();
        context.runOnContext(go -> {
            wasUp = false;
            lose("closed");
            closed.complete();
        });
        return closed.future();
    }

    private void connect(long deadline) {
        var socket = client.webSocket();
        socket.textMessageHandler(text -> {
            pingsUnheard = 0;
            rpc.receive(text);
        });
        socket.exceptionHandler(failure ->
                LOG.atDebug().addKeyValue("node", node.id()).setCause(failure).log("socket failed, and closes"));
        // Nothing is lost yet where there was no connection: a node that has only just started may take its time.
        var limit = wasUp ? ATTEMPT : MediaServers.BOUND;
        var options = new WebSocketConnectOptions()
                .setAbsoluteURI(node.uri().toString())
                .setConnectTimeout(limit.toMillis())
                .setTimeout(limit.toMillis());
        socket.connect(options)
                .onSuccess(opened -> {
                    rpc.attach(opened);
                    disconnect = () -> opened.close();
                    opened.closeHandler(closed -> broken(opened.closeReason()));
                })
                .compose(opened -> resume())
                .onSuccess(resumed -> connected())
                .onFailure(failure -> notConnected(failure, deadline));
    }

    /** Takes the Kurento session over to the new socket; only then are its objects and subscriptions ours again. */
    private Future<JsonElement> resume() {
        return rpc.hasSession()
                ? rpc.request("connect", new JsonObject()).timeout(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)
                : ping();
    }

    private void connected() {
        if (lost) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("node", node.id())
                .addKeyValue("link", name)
                .log(wasUp ? "media node reconnected" : "media node connected");
        wasUp = true;
        refusals = 0;
        pingsUnheard = 0;
        keepAliveLater();
        up.tryComplete();
    }

    private void notConnected(Throwable failure, long deadline) {
        if (lost) {
            return;
        }
        if (isInvalidSession(failure)) {
            lose("the media node has forgotten its session");
        } else if (wasUp && isRefused(failure) && ++refusals == REFUSALS) {
            lose("nobody listens at the media node's address any more");
        } else if (System.nanoTime() - deadline > 0) {
            lose("no connection to the media node: " + failure.getMessage());
        } else {
            var pause = wasUp && isRefused(failure) ? REFUSED_PAUSE : PAUSE;
            vertx.setTimer(pause.toMillis(), retry -> {
                if (!lost) {
                    connect(deadline);
                }
            });
        }
    }

    /** An attempt that took too long is a ConnectException, too, but two of those take longer than there is time. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof ConnectException;
    }

    private void broken(String reason) {
        if (lost) {
            return;
        }
        rpc.detach(Failures.unreachable("the connection to the media node broke"));
        if (!up.future().isComplete()) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("node", node.id())
                .addKeyValue("link", name)
                .addKeyValue("reason", reason)
                .log("connection to media node broke");
        Promise<Void> again = context.promise();
        up = again;
        vertx.cancelTimer(keepalive);
        vertx.setTimer(RECONNECT.toMillis(), late -> {
            if (!again.future().isComplete()) {
                lose("the media node could not be reached again in time");
            }
        });
        connect(System.nanoTime() + RECONNECT.toNanos());
    }

    /** One after another: a periodic timer would make up for all ticks that a pause of this process has cost. */
    private void keepAliveLater() {
        keepalive = vertx.setTimer(PING.toMillis(), tick -> keepAlive());
    }

    private void keepAlive() {
        if (pingsUnheard >= silence.dividedBy(PING)) {
            lose("the media node stopped answering");
            return;
        }
        pingsUnheard++;
        ping();
        keepAliveLater();
    }

    private Future<JsonElement> ping() {
        return rpc.request("ping", new JsonObject()).timeout(silence.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void watchSession(Throwable failure) {
        if (isInvalidSession(failure)) {
            lose("the media node has forgotten its session");
        }
    }

    private static boolean isInvalidSession(Throwable failure) {
        return failure instanceof JsonRpcErrorException refusal && refusal.getCode() == INVALID_SESSION;
    }

    private void lose(String reason) {
        if (lost) {
            return;
        }
        lost = true;
        MediaFailure failure = Failures.unreachable(reason);
        vertx.cancelTimer(keepalive);
        if (!up.tryFail(failure)) {
            up = context.promise();
            up.fail(failure);
        }
        rpc.detach(failure);
        disconnect.run();
        if (wasUp) {
            LOG.atWarn()
                    .addKeyValue("node", node.id())
                    .addKeyValue("link", name)
                    .addKeyValue("reason", reason)
                    .log("media node lost");
            onLost.accept(this);
        }
    }
}
