package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all objects have: an id, a place in the tree, a name, tags, events, and the sessions that hold them. */
abstract sealed class MediaObject permits ManagerObject, PipelineObject, ElementObject {

    /** Enough for every event of an object in a few dozen sessions. */
    private static final int MAX_SUBSCRIPTIONS = 1_000;

    private static final int MAX_TAGS = 100;

    private final String id;
    private final ObjectType type;
    private final @Nullable MediaObject parent;
    private final InstantSource clock;
    private final long createdAt;
    private final Set<MediaObject> children = new LinkedHashSet<>();
    private final Set<Session> holders = new LinkedHashSet<>();
    private final SortedMap<String, String> tags = new TreeMap<>();
    private final Subscriptions subscriptions = new Subscriptions(MAX_SUBSCRIPTIONS);
    private String name;
    private boolean sendTagsInEvents;

    MediaObject(String id, ObjectType type, @Nullable MediaObject parent, InstantSource clock) {
        this.id = id;
        this.type = type;
        this.parent = parent;
        this.clock = clock;
        this.createdAt = clock.instant().getEpochSecond();
        this.name = id;
    }

    /** Carries out one of the operations that this type of object has. */
    abstract Future<JsonNode> invoke(String operation, Call call);

    /** Gives back what the object holds in the media plane; it is no longer in the tree when this is called. */
    abstract Future<Void> free();

    String id() {
        return id;
    }

    ObjectType type() {
        return type;
    }

    @Nullable
    MediaObject parent() {
        return parent;
    }

    /** Seconds since 1970. */
    long createdAt() {
        return createdAt;
    }

    List<MediaObject> children() {
        return List.copyOf(children);
    }

    void addChild(MediaObject child) {
        children.add(child);
    }

    void removeChild(MediaObject child) {
        children.remove(child);
    }

    List<Session> holders() {
        return List.copyOf(holders);
    }

    void addHolder(Session session) {
        holders.add(session);
    }

    void removeHolder(Session session) {
        holders.remove(session);
        subscriptions.removeAllOf(session);
    }

    boolean held() {
        return !holders.isEmpty();
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    Map<String, String> tags() {
        return tags;
    }

    void tag(String key, String value) {
        if (tags.size() >= MAX_TAGS && !tags.containsKey(key)) {
            throw Refusal.tooMany("tags on one object", MAX_TAGS);
        }
        tags.put(key, value);
    }

    boolean sendTagsInEvents() {
        return sendTagsInEvents;
    }

    void sendTagsInEvents(boolean send) {
        sendTagsInEvents = send;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    JsonNode tagsAsJson() {
        var list = Wire.array();
        tags.forEach((key, value) -> list.add(Wire.struct("Tag").put("key", key).put("value", value)));
        return list;
    }

    /**
     * Tells every subscribed session once. Encoded once, however many there are.
     *
     * @param data members of the event beside those that all events have
     */
    void publish(String event, ObjectNode data) {
        var sessions = subscriptions.to(event);
        if (sessions.isEmpty()) {
            return;
        }
        data.put("source", id)
                .put("timestampMillis", Long.toString(clock.millis()))
                .set("tags", sendTagsInEvents ? tagsAsJson() : Wire.array());
        var message = Wire.object().put("jsonrpc", "2.0").put("method", "onEvent");
        message.putObject("params")
                .putObject("value")
                .put("object", id)
                .put("type", event)
                .set("data", data);
        var text = Wire.print(message);
        List.copyOf(sessions).forEach(session -> session.deliver(text));
    }
}
