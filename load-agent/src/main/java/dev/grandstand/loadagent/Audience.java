package dev.grandstand.loadagent;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Viewers who come to a room one after another, at a rate, and stay. Looks at them once a second. Any thread.
 *
 * <p>Who does not get in is not tried again: a load test that hides a refusal measures nothing.
 */
public final class Audience {

    /** At once on their way in; more would only wait for each other. */
    private static final int ON_THEIR_WAY = 200;

    private static final long RAMP_MILLIS = 20;
    private static final long LOOK_MILLIS = 1_000;
    private static final int SAMPLES = 7_200;

    /** Different reasons worth telling apart. */
    private static final int REASONS = 20;

    /**
     * Who shall come.
     *
     * @param url of the signaling endpoint, {@code ws://host:port/ws}
     * @param stream the one to watch; absent for all in the room
     * @param count 1 to 10,000
     * @param rate viewers a second, above 0
     * @param token that lets them in where one is asked for
     */
    public record Order(
            URI url,
            RoomId room,
            @Nullable StreamId stream,
            int count,
            double rate,
            @Nullable String token) {}

    private final LoadAgent agent;
    private final Order order;
    private final Context context;
    private final long began = System.nanoTime();
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Progress progress;
    private long rampTimer;
    private long lookTimer;
    private int begun;
    private int arrived;
    private boolean ended;

    private Audience(LoadAgent agent, Order order) {
        this.agent = agent;
        this.order = order;
        this.context = agent.vertx().getOrCreateContext();
        this.progress = new Progress(began);
    }

    static Audience of(LoadAgent agent, Order order) {
        var audience = new Audience(agent, order);
        audience.context.runOnContext(now -> {
            audience.rampTimer = agent.vertx().setPeriodic(0, RAMP_MILLIS, tick -> audience.comeIn());
            audience.lookTimer = agent.vertx().setPeriodic(LOOK_MILLIS, tick -> audience.look());
        });
        return audience;
    }

    public Order order() {
        return order;
    }

    private void comeIn() {
        double elapsed = (System.nanoTime() - began) / 1e9;
        int due = (int) Math.min(order.count(), 1 + elapsed * order.rate());
        while (begun < due && begun - arrived < ON_THEIR_WAY) {
            var name = new DisplayName("Viewer " + ++begun);
            agent.view(new Ticket(order.url(), order.room(), name, order.token()), order.stream())
                    .onComplete(this::entered, this::refused);
        }
        if (begun == order.count()) {
            agent.vertx().cancelTimer(rampTimer);
        }
    }

    private void entered(Viewer viewer) {
        context.runOnContext(now -> {
            arrived++;
            if (ended) {
                viewer.close();
            } else {
                viewers.add(viewer);
            }
        });
    }

    private void refused(Throwable why) {
        context.runOnContext(now -> {
            arrived++;
            synchronized (refusals) {
                var reason = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
                refusals.merge(refusals.size() < REASONS ? reason : "other reasons", 1, Integer::sum);
            }
        });
    }

    /** Not on the event loop: it waits for the media loop. */
    private void look() {
        agent.vertx()
                .executeBlocking(
                        () -> {
                            var sample = progress.sample(figuresAndDelays());
                            synchronized (samples) {
                                if (samples.size() < SAMPLES) {
                                    samples.add(sample);
                                }
                            }
                            return sample;
                        },
                        true);
    }

    /** One a second since the beginning. */
    public List<Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    /** What came so far. Blocks for a moment: not for event loops. */
    public AudienceFigures figures() {
        return figuresAndDelays().figures();
    }

    /** Delays of everybody's marked frames so far. Blocks for a moment: not for event loops. */
    public DelayHistogram delays() {
        return figuresAndDelays().delays();
    }

    private Progress.Now figuresAndDelays() {
        Map<String, Integer> why;
        synchronized (refusals) {
            why = Map.copyOf(refusals);
        }
        return agent.node().loop().call(() -> {
            var tally = new Tally();
            int failures = 0;
            for (var viewer : viewers) {
                viewer.addTo(tally);
                failures += viewer.failures();
            }
            var firstPictures = viewers.stream()
                    .flatMap(viewer -> viewer.milestones().toFirstPicture().stream())
                    .sorted()
                    .toList();
            var total = tally.figures(failures, Milestones.NONE);
            var figures = new AudienceFigures(order.count(), viewers.size(), why, total, firstPictures);
            return new Progress.Now(figures, tally.delays());
        });
    }

    /** Each viewer's. Blocks for a moment: not for event loops. */
    public List<ViewerFigures> viewers() {
        return viewers.stream().map(Viewer::figures).toList();
    }

    /** All leave, and nobody else comes. */
    public Future<Void> leave() {
        context.runOnContext(now -> {
            ended = true;
            agent.vertx().cancelTimer(rampTimer);
            agent.vertx().cancelTimer(lookTimer);
        });
        var goodbyes = viewers.stream().map(Viewer::close).toList();
        return Future.join(goodbyes).mapEmpty();
    }
}
