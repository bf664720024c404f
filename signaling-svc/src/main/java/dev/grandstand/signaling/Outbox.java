package dev.grandstand.signaling;

import java.util.ArrayList;
import java.util.List;

/**
 * What one client is told: answers at once, news of the room not before it has been told that it is in there. Lives on
 * the session's event loop.
 */
final class Outbox {

    private final ClientSocket socket;
    private final List<Frame> untilJoined = new ArrayList<>();
    private boolean joined;
    private boolean closed;

    Outbox(ClientSocket socket) {
        this.socket = socket;
    }

    /** An answer, or what else does not wait. */
    void send(Frame frame) {
        if (!closed) {
            socket.send(frame);
        }
    }

    /** The client is told that it is in the room, and then what has happened there meanwhile. */
    void joined(Frame frame) {
        send(frame);
        joined = true;
        untilJoined.forEach(this::send);
        untilJoined.clear();
    }

    /** Whether the client has been told that it is in the room. */
    boolean hasJoined() {
        return joined;
    }

    void news(Frame frame) {
        if (joined) {
            send(frame);
        } else if (!closed && untilJoined.size() >= ClientSocket.LIMIT) {
            // As with a client that does not read: it comes back, and begins with what is so then.
            untilJoined.clear();
            hangUp(ClientSocket.TRY_AGAIN_LATER, "too much happened while you came in");
        } else if (!closed) {
            untilJoined.add(frame);
        }
    }

    /** The client is in no room any more. */
    void forgetRoom() {
        untilJoined.clear();
        joined = false;
    }

    /** The socket is gone, or as good as: nothing is sent from now on. */
    void close() {
        closed = true;
        untilJoined.clear();
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes the socket, saying why (RFC 6455 section 7.4). */
    void hangUp(short code, String reason) {
        socket.close(code, reason);
    }
}
