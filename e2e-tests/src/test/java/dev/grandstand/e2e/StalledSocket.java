package dev.grandstand.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A client that joins a room and from then on reads nothing, with the smallest receive buffer that there is. */
final class StalledSocket implements AutoCloseable {

    private static final int TEXT_FRAME = 0x81;
    private static final int MASKED = 0x80;
    private static final int AT_ONCE = 1_000;
    private static final int LONGEST_SHORT_FRAME = 125;

    private final Socket socket = new Socket();

    StalledSocket(int port, String room, String name) {
        try {
            // Before connecting: the window scale is agreed on in the handshake.
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20_000);
            shakeHands(port);
            send("{\"type\":\"join\",\"id\":1,\"room\":\"%s\",\"name\":\"%s\"}".formatted(room, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shakeHands(int port) throws IOException {
        socket.getOutputStream().write("""
                       GET /ws HTTP/1.1\r
                       Host: localhost:%d\r
                       Upgrade: websocket\r
                       Connection: Upgrade\r
                       Sec-WebSocket-Key: %s\r
                       Sec-WebSocket-Version: 13\r
                       \r
                       """.formatted(port, Base64.getEncoder().encodeToString(new byte[16]))
                .getBytes(StandardCharsets.US_ASCII));
        var answer = head(socket.getInputStream());
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + answer);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new IOException("closed during the handshake");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Asks so often, and takes no answer; ends early when the server has had enough. */
    void askInVain(int times) {
        var pings = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < times; i += AT_ONCE) {
                pings.reset();
                for (int j = 0; j < AT_ONCE; j++) {
                    pings.write(frame("{\"type\":\"ping\",\"id\":1}"));
                }
                socket.getOutputStream().write(pings.toByteArray());
            }
        } catch (IOException e) {
            // The server hung up, which is what it should do.
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(frame(text));
    }

    /** RFC 6455 section 5.2; masked with zeros, which leaves the text as it is. */
    private static byte[] frame(String text) throws IOException {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        if (payload.length > LONGEST_SHORT_FRAME) {
            throw new IOException("longer than these tests need: " + text);
        }
        var frame = new ByteArrayOutputStream();
        frame.write(TEXT_FRAME);
        frame.write(MASKED | payload.length);
        frame.write(new byte[4]);
        frame.write(payload);
        return frame.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
