package dev.grandstand.allocator;

import dev.grandstand.allocator.Operators.Refused;
import dev.grandstand.allocator.cluster.ScalingDesk;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.scaling.ScalingStep;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /admin/scaling}: how many media nodes there are to be and why, and taking that into one's own hands. */
final class ScalingApi {

    private final ScalingDesk desk;

    ScalingApi(ScalingDesk desk) {
        this.desk = desk;
    }

    void mount(Router router) {
        router.get("/admin/scaling").handler(request -> Operators.answer(request, 200, asked -> page()));
        router.put("/admin/scaling").handler(request -> Operators.answer(request, 202, this::order));
        router.delete("/admin/scaling")
                .handler(request ->
                        Operators.answer(request, 202, asked -> desk.release().compose(durable -> page())));
    }

    private Future<JsonObject> page() {
        var decisions = new JsonArray();
        desk.latest().stream().map(ScalingApi::shown).forEach(decisions::add);
        var byHand = desk.byHand();
        return Future.succeededFuture(new JsonObject()
                .put("byHand", byHand.isPresent() ? byHand.getAsInt() : null)
                .put("fewest", desk.fewest())
                .put("most", desk.most())
                .put("decisions", decisions));
    }

    private static JsonObject shown(ScalingStep step) {
        return new JsonObject(Json.encodeToString(step.decision())).put("byHand", step.byHand());
    }

    private Future<JsonObject> order(RoutingContext request) {
        int nodes = wanted(request);
        if (nodes < desk.fewest() || nodes > desk.most()) {
            throw new Refused(400, "nodes has to be from " + desk.fewest() + " to " + desk.most());
        }
        return desk.order(nodes).compose(durable -> page());
    }

    private static int wanted(RoutingContext request) {
        try {
            var body = request.body().asJsonObject();
            var nodes = body == null ? null : body.getInteger("nodes");
            if (nodes != null) {
                return nodes;
            }
        } catch (DecodeException | ClassCastException e) {
            throw new Refused(400, "the body has to be {\"nodes\": 5}");
        }
        throw new Refused(400, "nodes is missing");
    }
}
