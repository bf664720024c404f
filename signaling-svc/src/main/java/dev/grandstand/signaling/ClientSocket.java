package dev.grandstand.signaling;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket that never makes the server keep more than {@value #LIMIT} frames for it. While the client does not read,
 * droppable frames are dropped; when the queue is full all the same, the socket is closed with 1013 (try again later,
 * RFC 6455 section 7.4 and the IANA registry).
 *
 * <p>A frame is written past Vert.x and its encoder, which would do for each socket again what {@link Frame} has done for
 * all of them: that is most of what a socket costs besides the system call. Not so while the channel is not writable: then
 * Vert.x keeps the frame, is full, and tells when it is not any more.
 */
final class ClientSocket {

    static final int LIMIT = 512;

    static final short GOING_AWAY = 1001;
    static final short POLICY_VIOLATION = 1008;
    static final short SERVICE_RESTART = 1012;
    static final short TRY_AGAIN_LATER = 1013;

    private static final Logger LOG = LoggerFactory.getLogger(ClientSocket.class);

    private final ServerWebSocket socket;
    private final ChannelHandlerContext encoder;
    private final SignalingMetrics metrics;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private boolean closing;

    ClientSocket(ServerWebSocket socket, SignalingMetrics metrics) {
        this.socket = socket;
        this.encoder = Objects.requireNonNull(
                ((WebSocketInternal) socket).channelHandlerContext().pipeline().context(WebSocketFrameEncoder.class),
                "a WebSocket has an encoder");
        this.metrics = metrics;
        socket.drainHandler(drained -> writeWaiting());
    }

    /** Whether this side ended it. */
    boolean isPutOut() {
        return closing;
    }

    void send(Frame frame) {
        if (closing || socket.isClosed()) {
            return;
        }
        if (takesMore()) {
            write(frame);
            return;
        }
        if (frame.droppable()) {
            metrics.frameDropped();
            return;
        }
        if (waiting.size() >= LIMIT) {
            metrics.socketStalled();
            LOG.atInfo().addKeyValue("remote", socket.remoteAddress()).log("client does not read, socket closed");
            close(TRY_AGAIN_LATER, "too far behind");
            return;
        }
        waiting.add(frame);
    }

    /** What came late and after a position, in one piece; it leaves with the next frame, or when it is flushed. */
    void gather(LateNews news, long after) {
        if (closing || socket.isClosed()) {
            return;
        }
        if (!takesMore() || !encoder.channel().isWritable()) {
            news.framesAfter(after).forEach(this::send);
            return;
        }
        encoder.write(news.bytesAfter(after), encoder.voidPromise());
        if (socket.writeQueueFull()) {
            // Then the next frame has to wait, or is dropped.
            flush();
        }
    }

    /** What was gathered does not wait for the next frame. */
    void flush() {
        encoder.flush();
    }

    private boolean takesMore() {
        return waiting.isEmpty() && !socket.writeQueueFull();
    }

    /**
     * Until the client has confirmed, or the time for it is over, the connection stands; what the client still says
     * meanwhile is not heard.
     */
    void close(short code, String reason) {
        if (closing || socket.isClosed()) {
            return;
        }
        closing = true;
        waiting.clear();
        socket.textMessageHandler(null).binaryMessageHandler(null);
        socket.close(code, reason);
    }

    private void writeWaiting() {
        while (!closing && !socket.isClosed() && !socket.writeQueueFull()) {
            var frame = waiting.poll();
            if (frame == null) {
                return;
            }
            write(frame);
        }
    }

    private void write(Frame frame) {
        if (encoder.channel().isWritable()) {
            encoder.writeAndFlush(frame.wire().duplicate(), encoder.voidPromise());
        } else {
            socket.writeTextMessage(frame.text());
        }
    }
}
