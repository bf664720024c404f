package dev.grandstand.signaling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client is told: answers at once, news of the room not before it has been told that it is in there. Lives on
 * the session's event loop.
 */
final class Outbox {

    private final ClientSocket socket;
    private final List<Frame> untilJoined = new ArrayList<>();
    private @Nullable LateNews late;
    /** How much of the late news the client was told, or is yet to be told when it is in the room. */
    private long heard;

    private boolean joined;
    private boolean closed;

    Outbox(ClientSocket socket) {
        this.socket = socket;
    }

    /** The client is about to be told that it is in a room, whose news follow. */
    void enter(LateNews news) {
        late = news;
        heard = news.end();
    }

    /** An answer, or what else does not wait; never before what happened earlier. */
    void send(Frame frame) {
        if (!closed) {
            catchUp();
            socket.send(frame);
        }
    }

    /** The client is told that it is in the room, and then what has happened there meanwhile. */
    void joined(Frame frame) {
        holdBack();
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
        } else {
            holdBack();
            hold(frame);
        }
    }

    /** The room's late news is late enough. */
    void hear() {
        holdBack();
        if (!closed && catchUp()) {
            socket.flush();
        }
    }

    /** @return whether there was anything to say */
    private boolean catchUp() {
        if (!joined || late == null || heard == late.end()) {
            return false;
        }
        socket.gather(late, heard);
        heard = late.end();
        return true;
    }

    private void holdBack() {
        if (!joined && late != null) {
            late.framesAfter(heard).forEach(this::hold);
            heard = late.end();
        }
    }

    private void hold(Frame frame) {
        if (!closed && untilJoined.size() >= ClientSocket.LIMIT) {
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
        late = null;
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
