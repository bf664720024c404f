package dev.grandstand.relay.kurento;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who wants which events of one object. A session that subscribes twice to the same event gets it once, but keeps it
 * until both subscriptions are ended.
 */
final class Subscriptions {

    private record Subscription(String event, Session session) {}

    private final int limit;
    private final Map<String, Subscription> byId = new LinkedHashMap<>();
    private final Map<String, Set<Session>> sessionsByEvent = new HashMap<>();

    /** @param limit number of subscriptions to one object */
    Subscriptions(int limit) {
        this.limit = limit;
    }

    /** Returns the id by which it can be ended. */
    String add(String event, Session session) {
        if (byId.size() >= limit) {
            throw Refusal.tooMany("subscriptions to one object", limit);
        }
        var id = UUID.randomUUID().toString();
        byId.put(id, new Subscription(event, session));
        sessionsByEvent.computeIfAbsent(event, e -> new LinkedHashSet<>()).add(session);
        return id;
    }

    void remove(String id) {
        if (byId.remove(id) != null) {
            index();
        }
    }

    void removeAllOf(Session session) {
        if (byId.values().removeIf(subscription -> subscription.session().equals(session))) {
            index();
        }
    }

    Set<Session> to(String event) {
        return sessionsByEvent.getOrDefault(event, Set.of());
    }

    private void index() {
        sessionsByEvent.clear();
        byId.values().forEach(subscription -> sessionsByEvent
                .computeIfAbsent(subscription.event(), e -> new LinkedHashSet<>())
                .add(subscription.session()));
    }
}
