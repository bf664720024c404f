package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;

/** Something that an object of type {@code T} can do. */
@FunctionalInterface
interface Operation<T> {

    /** @throws Refusal if the parameters are wrong or the object cannot do it; may also fail the future with one */
    Future<JsonNode> run(T target, Call call);
}
