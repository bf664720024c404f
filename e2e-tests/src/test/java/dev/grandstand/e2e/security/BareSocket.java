package dev.grandstand.e2e.security;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A WebSocket (RFC 6455) that sends whatever bytes it is given: no library would. Blocks; belongs to one thread. */
final class BareSocket implements AutoCloseable {

    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int PATIENCE_MS = 30_000;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final DataInputStream in;
    private final String status;

    /** @param headers besides those of the handshake, each ending in CR LF */
    BareSocket(int port, String headers) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.getOutputStream()
                .write(("GET /ws HTTP/1.1\r\nHost: localhost:" + port
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(new byte[16])
                                + "\r\nSec-WebSocket-Version: 13\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        status = line().split(" ")[1];
        while (!line().isEmpty()) {
            continue;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** What the handshake was answered with, for instance 101. */
    String status() {
        return status;
    }

    /** Goes out with the next {@link #flush}; masked with zeros, which leaves the bytes as they are. */
    BareSocket put(int opcode, byte[] payload) {
        out.write(FINAL | opcode);
        if (payload.length < 126) {
            out.write(MASKED | payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(MASKED | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(MASKED | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.writeBytes(new byte[4]);
        out.writeBytes(payload);
        return this;
    }

    BareSocket put(String text) {
        return put(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void flush() throws IOException {
        out.writeTo(socket.getOutputStream());
        out.reset();
    }

    /** The next text; empty when the server has closed the connection. */
    Optional<String> read() throws IOException {
        try {
            while (true) {
                var opcode = in.readUnsignedByte() & 0x0f;
                var length = in.readUnsignedByte() & 0x7f;
                var payload = new byte
                        [length < 126
                                ? length
                                : length == 126 ? in.readUnsignedShort() : Math.toIntExact(in.readLong())];
                in.readFully(payload);
                if (opcode == PING) {
                    put(PONG, payload).flush();
                } else if (opcode == CLOSE) {
                    return Optional.empty();
                } else if (opcode == TEXT) {
                    return Optional.of(new String(payload, StandardCharsets.UTF_8));
                }
            }
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** Says goodbye, so that nobody is waited for. */
    @Override
    public void close() throws IOException {
        try (socket) {
            put(CLOSE, new byte[] {3, (byte) 0xe8}).flush();
        }
    }
}
