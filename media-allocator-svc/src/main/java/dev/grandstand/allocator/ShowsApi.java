package dev.grandstand.allocator;

import dev.grandstand.allocator.Operators.Refused;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** {@code /admin/shows}: what operators announce, as {@code docs/admin-api.yaml} describes it. */
final class ShowsApi {

    private final Shows shows;
    private final Announcer announcer;

    /** Makes it durable. */
    interface Announcer {

        Future<Void> announce(ScheduledShow show);

        Future<Void> cancel(ShowId show);
    }

    ShowsApi(Shows shows, Announcer announcer) {
        this.shows = shows;
        this.announcer = announcer;
    }

    void mount(Router router) {
        router.get("/admin/shows").handler(request -> Operators.answer(request, 200, asked -> list()));
        router.get("/admin/shows/:show").handler(request -> Operators.answer(request, 200, this::one));
        router.put("/admin/shows/:show").handler(request -> Operators.answer(request, 200, this::announce));
        router.delete("/admin/shows/:show").handler(request -> Operators.answer(request, 200, this::cancel));
    }

    private Future<JsonObject> list() {
        var all = new JsonArray();
        shows.all().stream().map(this::shown).forEach(all::add);
        return Future.succeededFuture(new JsonObject().put("shows", all));
    }

    private Future<JsonObject> one(RoutingContext request) {
        return shows.show(id(request))
                .map(show -> Future.succeededFuture(shown(show)))
                .orElseThrow(ShowsApi::unknown);
    }

    private Future<JsonObject> announce(RoutingContext request) {
        var body = request.body().buffer();
        if (body == null) {
            throw new Refused(400, "the body is missing");
        }
        var show = Operators.parsed(
                body.getBytes(), json -> Announcement.parsed(json).show(id(request)));
        return announcer.announce(show).map(durable -> shown(show));
    }

    private Future<JsonObject> cancel(RoutingContext request) {
        var id = id(request);
        return switch (shows.origin(id).orElseThrow(ShowsApi::unknown)) {
            case OPERATORS -> announcer.cancel(id).compose(durable -> list());
            case FILE -> throw new Refused(409, "the show stands in the file; take it out there");
        };
    }

    private static ShowId id(RoutingContext request) {
        return Operators.parsed(request.pathParam("show"), ShowId::new);
    }

    private static Refused unknown() {
        return new Refused(404, "no such show is announced");
    }

    private JsonObject shown(ScheduledShow show) {
        var shown = new JsonObject(Json.encodeToString(show));
        shows.origin(show.id())
                .ifPresent(origin -> shown.put("from", origin.name().toLowerCase(Locale.ROOT)));
        return shown;
    }
}
