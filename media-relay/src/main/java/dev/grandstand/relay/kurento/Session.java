package dev.grandstand.relay.kurento;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What keeps objects alive for a client. A session references the objects that it touched; an object that no session
 * references any more is destroyed. A session outlives its connection by one to two collection periods.
 */
final class Session {

    private final String id;
    private final ResponseCache responses;
    private final Set<MediaObject> references = new LinkedHashSet<>();
    private @Nullable EventSink connection;
    private Instant lastSeen;

    Session(String id, int cachedResponses, Instant now) {
        this.id = id;
        this.responses = new ResponseCache(cachedResponses);
        this.lastSeen = now;
    }

    String id() {
        return id;
    }

    ResponseCache responses() {
        return responses;
    }

    /** A session is in use, and can be reconnected to, while it references something. */
    boolean inUse() {
        return !references.isEmpty();
    }

    /** A copy, because destroying an object takes it out of the set. */
    List<MediaObject> references() {
        return List.copyOf(references);
    }

    /** References the object and what it lives in: a child never outlives its parent. */
    void reference(MediaObject object) {
        for (@Nullable MediaObject each = object; each != null; each = each.parent()) {
            if (references.add(each)) {
                each.addHolder(this);
            }
        }
    }

    void forget(MediaObject object) {
        references.remove(object);
        object.removeHolder(this);
    }

    boolean connected() {
        return connection != null;
    }

    boolean boundTo(EventSink candidate) {
        return connection == candidate;
    }

    /** From now on the session's events go to this connection; the one before loses the session. */
    void bind(EventSink newConnection) {
        var previous = connection;
        connection = newConnection;
        if (previous != null && previous != newConnection) {
            previous.sessionTaken();
        }
    }

    /** The connection is gone; from now on the session's time runs. */
    void unbind(Instant now) {
        connection = null;
        lastSeen = now;
    }

    Instant lastSeen() {
        return lastSeen;
    }

    void seen(Instant now) {
        lastSeen = now;
    }

    /** Events are not kept for a session without a connection. */
    void deliver(String event) {
        if (connection != null) {
            connection.send(event);
        }
    }
}
