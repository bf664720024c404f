package dev.grandstand.relay.kurento;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All objects of the node by id, and their birth and death. */
final class ObjectRegistry {

    private final Map<String, MediaObject> byId = new LinkedHashMap<>();
    private final ManagerObject manager;
    private final int limit;

    /** @param limit number of objects, beside the manager */
    ObjectRegistry(ManagerObject manager, int limit) {
        this.manager = manager;
        this.limit = limit;
        byId.put(manager.id(), manager);
    }

    /** @throws Refusal if there is none */
    MediaObject find(String id) {
        return existing(id).orElseThrow(() -> Refusal.noSuchObject(id));
    }

    Optional<MediaObject> existing(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** False once the object has been released. */
    boolean contains(MediaObject object) {
        return byId.containsKey(object.id());
    }

    /** @throws Refusal if the node is full */
    void requireRoom() {
        if (byId.size() > limit) {
            throw Refusal.tooMany("media objects", limit);
        }
    }

    List<PipelineObject> pipelines() {
        return byId.values().stream()
                .filter(PipelineObject.class::isInstance)
                .map(PipelineObject.class::cast)
                .toList();
    }

    void add(MediaObject object, Session creator) {
        byId.put(object.id(), object);
        if (object.parent() != null) {
            object.parent().addChild(object);
        }
        creator.reference(object);
        manager.publish("ObjectCreated", Wire.object().put("object", object.id()));
    }

    /**
     * Destroys an object and all that lives in it, for all sessions. The manager cannot be destroyed; asking for it, or
     * for something destroyed already, does nothing.
     */
    Future<Void> release(MediaObject object) {
        if (object instanceof ManagerObject || !contains(object)) {
            return Future.succeededFuture();
        }
        var doomed = new ArrayList<MediaObject>();
        collectTree(object, doomed);
        doomed.forEach(this::remove);
        return Future.join(doomed.stream().map(MediaObject::free).toList()).mapEmpty();
    }

    /** Children before parents. */
    private static void collectTree(MediaObject root, List<MediaObject> into) {
        root.children().forEach(child -> collectTree(child, into));
        into.add(root);
    }

    private void remove(MediaObject object) {
        byId.remove(object.id());
        if (object.parent() != null) {
            object.parent().removeChild(object);
        }
        object.holders().forEach(session -> session.forget(object));
        if (object instanceof ElementObject element) {
            element.pipeline().links().removeAllOf(element);
        }
        manager.publish("ObjectDestroyed", Wire.object().put("objectId", object.id()));
    }
}
