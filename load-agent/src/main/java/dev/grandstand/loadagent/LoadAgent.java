package dev.grandstand.loadagent;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.webrtc.RtcNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Viewers and publishers without a browser, as many as the machine carries: they share one thread for media and a few for
 * signaling. Any thread.
 */
public final class LoadAgent implements AutoCloseable {

    private static final int SOCKETS = 100_000;

    /** A welcome to a room full of chat is the largest message. */
    private static final int MESSAGE_LIMIT = 1 << 20;

    private final Vertx vertx;
    private final Way way;
    private final RtcNode node;
    private final WebSocketClient sockets;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final Set<Publisher> publishers = ConcurrentHashMap.newKeySet();

    private LoadAgent(Vertx vertx, Way way) {
        this.vertx = vertx;
        this.way = way;
        this.node = RtcNode.open(0, true);
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(SOCKETS)
                .setMaxFrameSize(MESSAGE_LIMIT)
                .setMaxMessageSize(MESSAGE_LIMIT));
    }

    /** @param vertx stays the caller's, and has to outlive this */
    public static LoadAgent on(Vertx vertx) {
        return new LoadAgent(vertx, Way.DIRECT);
    }

    /** Likewise, with viewers whose media takes a way through something that stands between. */
    public static LoadAgent on(Vertx vertx, Way way) {
        return new LoadAgent(vertx, way);
    }

    /**
     * Joins a room to watch it.
     *
     * @param url of the signaling endpoint, {@code ws://host:port/ws}
     * @return completes when the room is entered; streams follow by themselves
     */
    public Future<Viewer> view(URI url, RoomId room, DisplayName name) {
        return view(new Ticket(url, room, name, null), null);
    }

    /** Likewise. @param only the one stream to watch; absent for all of them */
    Future<Viewer> view(Ticket ticket, @Nullable StreamId only) {
        return Viewer.open(this, ticket, only).onSuccess(viewers::add);
    }

    /**
     * Joins a room and goes on air.
     *
     * @return completes when packets flow, or when it waits for a seat: then they flow once there is one
     */
    public Future<Publisher> publish(URI url, RoomId room, DisplayName name, PictureShape shape) {
        return publish(new Ticket(url, room, name, null), Programme.generated(shape));
    }

    /** Likewise, with a programme. */
    public Future<Publisher> publish(Ticket ticket, Programme programme) {
        return Publisher.open(this, ticket, programme).onSuccess(publishers::add);
    }

    /** Has viewers come to a room one after another. */
    public Audience audience(Audience.Order order) {
        return Audience.of(this, order);
    }

    Vertx vertx() {
        return vertx;
    }

    Way way() {
        return way;
    }

    RtcNode node() {
        return node;
    }

    WebSocketClient sockets() {
        return sockets;
    }

    void forget(Viewer viewer) {
        viewers.remove(viewer);
    }

    void forget(Publisher publisher) {
        publishers.remove(publisher);
    }

    /** Hangs up for everybody. Blocks for half a second at most. */
    @Override
    public void close() {
        List.copyOf(viewers).forEach(Viewer::close);
        List.copyOf(publishers).forEach(Publisher::close);
        sockets.close();
        node.close();
    }
}
