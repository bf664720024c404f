package dev.grandstand.e2e.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One client of a {@link Swarm}; lives on its thread. */
final class SwarmClient {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;
    private static final byte[] NOTHING = {};

    private final int number;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>(0);
    private byte[] leftOver = NOTHING;
    private boolean open;
    private @Nullable Object role;

    SwarmClient(int number, SocketChannel channel, SelectionKey key) {
        this.number = number;
        this.channel = channel;
        this.key = key;
    }

    int number() {
        return number;
    }

    /** Whatever the story keeps for the client. */
    @Nullable
    Object role() {
        return role;
    }

    void role(@Nullable Object now) {
        role = now;
    }

    void greet() throws IOException {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        write(ByteBuffer.wrap(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: Z3JhbmRzdGFuZC1iZW5jaA==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
    }

    void read(ByteBuffer buffer, Swarm.Story story) throws IOException {
        buffer.clear();
        buffer.put(leftOver);
        leftOver = NOTHING;
        if (channel.read(buffer) < 0) {
            close();
            return;
        }
        long now = System.nanoTime();
        buffer.flip();
        if (!open && !passHandshake(buffer, story)) {
            keep(buffer);
            return;
        }
        while (channel.isOpen() && frame(buffer, story, now)) {}
        keep(buffer);
    }

    private void keep(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            leftOver = new byte[buffer.remaining()];
            buffer.get(leftOver);
        }
    }

    private boolean passHandshake(ByteBuffer buffer, Swarm.Story story) throws IOException {
        for (int i = buffer.position() + 3; i < buffer.limit(); i++) {
            if (buffer.get(i) == '\n' && buffer.get(i - 1) == '\r' && buffer.get(i - 2) == '\n') {
                // HTTP/1.1 101
                if (buffer.get(9) != '1') {
                    throw new IOException("the server does not want WebSockets");
                }
                buffer.position(i + 1);
                open = true;
                story.opened(this);
                return true;
            }
        }
        return false;
    }

    /** Whether there was a whole frame. */
    private boolean frame(ByteBuffer buffer, Swarm.Story story, long now) throws IOException {
        int start = buffer.position();
        int available = buffer.remaining();
        if (available < 2) {
            return false;
        }
        int opcode = buffer.get(start) & 0x0f;
        int length = buffer.get(start + 1) & 0x7f;
        int header = length < SHORT_LENGTH ? 2 : length == SHORT_LENGTH ? 4 : 10;
        if (available < header) {
            return false;
        }
        if (length == SHORT_LENGTH) {
            length = buffer.getShort(start + 2) & 0xffff;
        } else if (length == LONG_LENGTH) {
            length = (int) buffer.getLong(start + 2);
        }
        if (available < header + length) {
            if (header + length > buffer.capacity()) {
                throw new IOException("a frame of " + length + " bytes");
            }
            return false;
        }
        int limit = buffer.limit();
        int end = start + header + length;
        buffer.position(start + header).limit(end);
        switch (opcode) {
            case TEXT -> story.heard(this, buffer, now);
            case PING -> send(PONG, NOTHING);
            case CLOSE -> close();
            default -> {}
        }
        buffer.limit(limit).position(end);
        return true;
    }

    void say(byte[] text) {
        try {
            send(TEXT, text);
        } catch (IOException e) {
            close();
        }
    }

    /** A client has to mask what it sends; masked with zeros it stays what it is. */
    private void send(int opcode, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(payload.length + 8).put((byte) (FIN | opcode));
        if (payload.length < SHORT_LENGTH) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | SHORT_LENGTH)).putShort((short) payload.length);
        }
        write(frame.putInt(0).put(payload).flip());
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (unsent.isEmpty()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            unsent.add(bytes);
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    void flush() throws IOException {
        while (!unsent.isEmpty()) {
            channel.write(unsent.element());
            if (unsent.element().hasRemaining()) {
                return;
            }
            unsent.remove();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    /** Hangs up. */
    void close() {
        try {
            key.cancel();
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
