package dev.grandstand.relay.kurento;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions. One that has lost its connection is collected after one to two collection periods, with every object
 * that nobody else references; an open connection keeps its session for ever, even a silent one.
 */
final class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /** Clients may choose a session's id by naming one that does not exist. */
    private static final int MAX_ID_LENGTH = 128;

    private final Map<String, Session> byId = new LinkedHashMap<>();
    private final ObjectRegistry objects;
    private final KurentoConfig config;
    private final InstantSource clock;

    Sessions(ObjectRegistry objects, KurentoConfig config, InstantSource clock) {
        this.objects = objects;
        this.config = config;
        this.clock = clock;
    }

    List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A session that a client may reconnect to. */
    Session inUse(String id) {
        var session = find(id).filter(Session::inUse).orElseThrow(Refusal::invalidSession);
        session.seen(clock.instant());
        return session;
    }

    Session create() {
        return open(UUID.randomUUID().toString());
    }

    /** The session of that id, made if there is none: that is how a client goes on after it closed its session. */
    Session open(String id) {
        var existing = byId.get(id);
        if (existing != null) {
            existing.seen(clock.instant());
            return existing;
        }
        if (byId.size() >= config.limits().sessions()) {
            throw Refusal.tooMany("sessions", config.limits().sessions());
        }
        if (id.length() > MAX_ID_LENGTH) {
            throw Refusal.invalidSession();
        }
        var session = new Session(id, config.limits().cachedResponses(), clock.instant());
        byId.put(id, session);
        return session;
    }

    /** Ends a connection's claim; a session that references nothing ends with it. */
    void disconnected(String id, EventSink connection) {
        find(id).filter(session -> session.boundTo(connection)).ifPresent(session -> {
            session.unbind(clock.instant());
            if (!session.inUse()) {
                byId.remove(id);
            }
        });
    }

    /**
     * Ends a session.
     *
     * @param release destroy what it references even if other sessions reference it too
     */
    Future<Void> close(String id, boolean release) {
        var session = byId.remove(id);
        if (session == null) {
            return Future.succeededFuture();
        }
        return Future.join(session.references().stream()
                        .map(object -> release ? objects.release(object) : unreference(session, object))
                        .toList())
                .mapEmpty();
    }

    /** Gives up a session's reference to an object and to what lives in it; destroys what nobody references then. */
    Future<Void> unreference(Session session, MediaObject object) {
        var children = object.children().stream()
                .map(child -> unreference(session, child))
                .toList();
        session.forget(object);
        var own = object.held() ? Future.<Void>succeededFuture() : objects.release(object);
        return Future.join(children).compose(done -> own);
    }

    /** Ends the sessions whose connection has been gone for a whole collection period. To be called once a period. */
    Future<Void> collect() {
        Duration period = config.collectionPeriod();
        byId.values().forEach(session -> session.responses().forgetOld(clock.instant()));
        var expired = byId.values().stream()
                .filter(session -> !session.connected())
                .filter(session -> !clock.instant().isBefore(session.lastSeen().plus(period)))
                .map(Session::id)
                .toList();
        expired.forEach(id -> log.atInfo().addKeyValue("session", id).log("session expired"));
        return Future.join(expired.stream().map(id -> close(id, false)).toList())
                .mapEmpty();
    }
}
