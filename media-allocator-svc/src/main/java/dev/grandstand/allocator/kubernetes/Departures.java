package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.cluster.Departure;
import dev.grandstand.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Lets nodes wait until nobody is there, but not for longer than {@link #LONGEST} at a time. */
final class Departures {

    /** Shorter than what proxies and clients usually allow a request. */
    static final Duration LONGEST = Duration.ofSeconds(25);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Supplier<Occupancy> occupancy;

    Departures(Vertx vertx, Supplier<Occupancy> occupancy) {
        this.vertx = vertx;
        this.occupancy = occupancy;
    }

    Future<Departure> wait(NodeId node) {
        var answer = Promise.<Departure>promise();
        var left = new int[] {(int) LONGEST.dividedBy(LOOK)};
        if (!occupancy.get().isEmpty(node)) {
            vertx.setPeriodic(LOOK.toMillis(), timer -> {
                if (--left[0] == 0 || occupancy.get().isEmpty(node)) {
                    vertx.cancelTimer(timer);
                    answer.complete(answer(node));
                }
            });
            return answer.future();
        }
        return Future.succeededFuture(new Departure.Empty());
    }

    private Departure answer(NodeId node) {
        var now = occupancy.get();
        return now.isEmpty(node) ? new Departure.Empty() : new Departure.Occupied(now.people(node), now.rooms(node));
    }
}
