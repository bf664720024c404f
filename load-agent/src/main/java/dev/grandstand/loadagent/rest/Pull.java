package dev.grandstand.loadagent.rest;

import dev.grandstand.loadagent.Audience;
import dev.grandstand.loadagent.AudienceFigures;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.report.RunReport;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.StreamId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Viewers of one room. */
record Pull(Audience audience) implements Job {

    private static final int LARGEST = 10_000;

    static Job start(LoadAgent agent, Fields fields) {
        var order = new Audience.Order(
                fields.uri(),
                fields.room(),
                stream(fields.text("stream").orElse(null)),
                fields.integer("count", 1, 1, LARGEST),
                fields.number("rate", 10, 0.1, 1_000),
                fields.text("token").orElse(null));
        fields.done();
        return new Pull(agent.audience(order));
    }

    private static @Nullable StreamId stream(@Nullable String id) {
        try {
            return id == null ? null : new StreamId(id);
        } catch (BadValue e) {
            throw new BadRequest("stream: " + e.getMessage());
        }
    }

    @Override
    public int count() {
        return audience.order().count();
    }

    @Override
    public JsonObject describe() {
        var order = audience.order();
        var samples = audience.samples();
        return new JsonObject()
                .put("uri", order.url().toString())
                .put("room", order.room().toString())
                .put("stream", order.stream() == null ? null : order.stream().toString())
                .put("count", order.count())
                .put("rate", order.rate())
                .put("figures", figures(audience.figures()))
                .put("latest", samples.isEmpty() ? null : JsonObject.mapFrom(samples.getLast()));
    }

    private static JsonObject figures(AudienceFigures figures) {
        var json = new JsonObject(RunReport.viewer(figures.total()));
        // Of a single viewer only.
        json.remove("joinedMs");
        json.remove("connectedMs");
        json.remove("firstPictureMs");
        return json.put("entered", figures.entered())
                .put("withPicture", figures.firstPictures().size())
                .put("refused", figures.refused())
                .put("refusals", new JsonObject().mergeIn(JsonObject.mapFrom(figures.refusals())))
                .put("firstPictureMedianMs", millis(figures.firstPicture(50)))
                .put("firstPictureP99Ms", millis(figures.firstPicture(99)));
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e4) / 100.0;
    }

    @Override
    public Future<Void> terminate() {
        return audience.leave();
    }
}
