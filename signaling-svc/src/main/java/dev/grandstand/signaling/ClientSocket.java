package dev.grandstand.signaling;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
 *
 * <p>Patient frames gather in one buffer, so that all that leave together cost one write; whatever does not wait takes them
 * along, before itself.
 */
final class ClientSocket {

    static final int LIMIT = 512;

    /** Bytes for the usual number of patient frames, of 100 to 200 bytes each. */
    private static final int SOME_FRAMES = 1_024;

    /** Bytes of patient frames that leave at once. */
    private static final int MOST_GATHERED = 16 << 10;

    static final short GOING_AWAY = 1001;
    static final short POLICY_VIOLATION = 1008;
    static final short SERVICE_RESTART = 1012;
    static final short TRY_AGAIN_LATER = 1013;

    private static final Logger LOG = LoggerFactory.getLogger(ClientSocket.class);

    private final ServerWebSocket socket;
    private final ChannelHandlerContext encoder;
    private final LateFlush late;
    private final SignalingMetrics metrics;
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private @Nullable ByteBuf gathered;
    private boolean flushExpected;
    private boolean closing;

    ClientSocket(ServerWebSocket socket, LateFlush late, SignalingMetrics metrics) {
        this.socket = socket;
        this.encoder = Objects.requireNonNull(
                ((WebSocketInternal) socket).channelHandlerContext().pipeline().context(WebSocketFrameEncoder.class),
                "a WebSocket has an encoder");
        this.late = late;
        this.metrics = metrics;
        socket.drainHandler(drained -> flush());
    }

    /** Whether this side ended it. */
    boolean isPutOut() {
        return closing;
    }

    void send(Frame frame) {
        if (closing || socket.isClosed()) {
            return;
        }
        if (waiting.isEmpty() && !socket.writeQueueFull()) {
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

    /**
     * Until the client has confirmed, or the time for it is over, the connection stands; what the client still says
     * meanwhile is not heard.
     */
    void close(short code, String reason) {
        if (closing || socket.isClosed()) {
            return;
        }
        writeGathered();
        closing = true;
        waiting.clear();
        socket.textMessageHandler(null).binaryMessageHandler(null);
        socket.close(code, reason);
    }

    private void flush() {
        while (!closing && !socket.isClosed() && !socket.writeQueueFull()) {
            var frame = waiting.poll();
            if (frame == null) {
                return;
            }
            write(frame);
        }
    }

    private void write(Frame frame) {
        if (frame.patient() && encoder.channel().isWritable()) {
            gather(frame);
            return;
        }
        writeGathered();
        if (encoder.channel().isWritable()) {
            encoder.writeAndFlush(frame.wire().duplicate(), encoder.voidPromise());
        } else {
            socket.writeTextMessage(frame.text());
        }
    }

    private void gather(Frame frame) {
        if (gathered == null) {
            gathered = encoder.alloc().directBuffer(SOME_FRAMES);
        }
        var wire = frame.wire();
        gathered.writeBytes(wire, wire.readerIndex(), wire.readableBytes());
        if (gathered.readableBytes() >= MOST_GATHERED) {
            writeGathered();
            encoder.flush();
        } else if (!flushExpected) {
            flushExpected = true;
            late.expect(this::flushLate);
        }
    }

    private void flushLate() {
        flushExpected = false;
        writeGathered();
        encoder.flush();
    }

    private void writeGathered() {
        var frames = gathered;
        if (frames == null) {
            return;
        }
        gathered = null;
        if (socket.isClosed()) {
            frames.release();
        } else {
            encoder.write(frames, encoder.voidPromise());
        }
    }
}
