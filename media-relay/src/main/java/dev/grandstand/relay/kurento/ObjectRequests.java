package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grandstand.relay.kurento.Request.ObjectRequest;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the requests that concern one object. Results lack the session's id, which the connection adds. */
final class ObjectRequests {

    private static final Logger log = LoggerFactory.getLogger(ObjectRequests.class);

    private final ObjectRegistry objects;
    private final ObjectFactory factory;
    private final Sessions sessions;

    ObjectRequests(ObjectRegistry objects, ObjectFactory factory, Sessions sessions) {
        this.objects = objects;
        this.factory = factory;
        this.sessions = sessions;
    }

    /** The future fails with nothing but a {@link Refusal}. */
    Future<ObjectNode> execute(ObjectRequest request, Session session) {
        Future<ObjectNode> result;
        try {
            result = switch (request) {
                case Request.Create create ->
                    factory.create(create.type(), create.arguments(), session)
                            .map(object -> value(Wire.text(object.id())));
                case Request.Invoke invoke -> invoke(invoke, session).map(ObjectRequests::value);
                case Request.Subscribe subscribe -> Future.succeededFuture(subscribe(subscribe, session));
                case Request.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
                case Request.Release release ->
                    objects.existing(release.object())
                            .map(objects::release)
                            .orElseGet(Future::succeededFuture)
                            .map(done -> Wire.object());
                case Request.Ref ref -> {
                    session.reference(objects.find(ref.object()));
                    yield Future.succeededFuture(Wire.object());
                }
                case Request.Unref unref ->
                    objects.existing(unref.object())
                            .map(object -> sessions.unreference(session, object))
                            .orElseGet(Future::succeededFuture)
                            .map(done -> Wire.object());
                case Request.Describe describe -> Future.succeededFuture(describe(describe, session));
            };
        } catch (RuntimeException e) {
            result = Future.failedFuture(e);
        }
        return result.recover(failure -> Future.failedFuture(asRefusal(failure, request)));
    }

    private static Refusal asRefusal(Throwable failure, ObjectRequest request) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        log.atError()
                .addKeyValue("request", request.getClass().getSimpleName())
                .setCause(failure)
                .log("request failed");
        return new Refusal(ErrorKind.UNDEFINED, "Unexpected error");
    }

    private Future<JsonNode> invoke(Request.Invoke invoke, Session session) {
        var object = objects.find(invoke.object());
        session.reference(object);
        return object.invoke(invoke.operation(), new Call(session, invoke.arguments(), objects, sessions));
    }

    private ObjectNode subscribe(Request.Subscribe subscribe, Session session) {
        var object = objects.find(subscribe.object());
        session.reference(object);
        if (!object.type().events().contains(subscribe.event())) {
            throw new Refusal(
                    ErrorKind.MEDIA_OBJECT_EVENT_NOT_SUPPORTED, "Event '" + subscribe.event() + "' not supported");
        }
        return value(Wire.text(object.subscriptions().add(subscribe.event(), session)));
    }

    private Future<ObjectNode> unsubscribe(Request.Unsubscribe unsubscribe) {
        objects.existing(unsubscribe.object())
                .ifPresent(object -> object.subscriptions().remove(unsubscribe.subscription()));
        return Future.succeededFuture(Wire.object());
    }

    private ObjectNode describe(Request.Describe describe, Session session) {
        var object = objects.find(describe.object());
        session.reference(object);
        var type = object.type();
        var description = Wire.object().put("type", type.name()).put("qualifiedType", type.qualifiedName());
        var hierarchy = description.putArray("hierarchy");
        type.qualifiedAncestors().forEach(hierarchy::add);
        return description;
    }

    private static ObjectNode value(JsonNode value) {
        var result = Wire.object();
        result.set("value", value);
        return result;
    }
}
