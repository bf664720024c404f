package dev.grandstand.e2e.kubernetes;

import static dev.grandstand.e2e.kubernetes.KubernetesShow.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Programme;
import dev.grandstand.loadagent.Publisher;
import dev.grandstand.loadagent.Refused;
import dev.grandstand.loadagent.Ticket;
import dev.grandstand.loadagent.Viewer;
import dev.grandstand.loadagent.ViewerFigures;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.client.ErrorCode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * An audience, and a presenter, in a room of theirs, all without a browser. Whoever is told to try again does, as browsers do.
 * They leave when it is closed.
 */
public final class Crowd implements AutoCloseable {

    /** Small enough for a dozen relays on few cores. */
    private static final PictureShape TINY = new PictureShape(80_000, 10);

    private static final int MORE_PICTURES = 20;
    private static final long BETWEEN_ARRIVALS_MS = 250;
    private static final long AGAIN_MS = 500;
    private static final Set<ErrorCode> FOR_NOW = EnumSet.of(ErrorCode.UNAVAILABLE, ErrorCode.NO_SEAT);

    /** Long enough for a dozen relays to start on few cores. */
    public static final Duration PATIENCE = Duration.ofMinutes(6);

    private final KubernetesShow show;
    private final RoomId room;
    private final int size;
    private final @Nullable Publisher publisher;
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
    private final List<Throwable> refused = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private Crowd(KubernetesShow show, RoomId room, int size, boolean presents) throws Exception {
        this.show = show;
        this.room = room;
        this.size = size;
        publisher = presents ? get(again(() -> show.agent().publish(ticket("Ann"), Programme.generated(TINY)))) : null;
        for (int i = 0; i < size; i++) {
            var name = "Viewer " + (i + 1);
            show.vertx().setTimer(BETWEEN_ARRIVALS_MS * (i + 1), due -> enter(name));
        }
    }

    /** Goes on air, and has viewers come, four a second. */
    public static Crowd come(KubernetesShow show, String room, int size) throws Exception {
        return new Crowd(show, new RoomId(room), size, true);
    }

    /** Viewers alone, of somebody who is on air; what {@link #come} shows no browser can decode. */
    public static Crowd follow(KubernetesShow show, String room, int size) throws Exception {
        return new Crowd(show, new RoomId(room), size, false);
    }

    private Ticket ticket(String name) {
        return new Ticket(show.cluster().socket(0), room, new DisplayName(name), null);
    }

    private void enter(String name) {
        again(() -> show.agent().view(show.cluster().socket(0), room, new DisplayName(name)))
                .onSuccess(this::entered)
                .onFailure(refused::add);
    }

    /** Where a test gave up, whoever was still on their way would stay for ever, and the next test would count them. */
    private void entered(Viewer viewer) {
        viewers.add(viewer);
        if (closed) {
            viewer.close();
        }
    }

    /** A machine that is busy with starting nodes may be too slow for a join; the server says so, and to try again. */
    private <T> Future<T> again(Supplier<Future<T>> attempt) {
        return attempt.get().recover(failure -> {
            boolean forNow = failure instanceof TimeoutException
                    || failure instanceof Refused refusal && FOR_NOW.contains(refusal.code());
            return forNow && !closed
                    ? show.vertx().timer(AGAIN_MS, TimeUnit.MILLISECONDS).compose(later -> again(attempt))
                    : Future.failedFuture(failure);
        });
    }

    /** Waits in the caller's own thread, for {@link #PATIENCE}. */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .pollInSameThread();
    }

    /** Until everybody has a seat and sees the presenter move; nobody was turned away, however often they had to ask. */
    public void awaitSeatsAndPicture() {
        await("everybody to come in").until(() -> viewers.size() + refused.size() == size);
        assertThat(refused).isEmpty();
        await("everybody to have a picture").untilAsserted(() -> assertThat(figures())
                .as("who has none")
                .filteredOn(figures -> figures.milestones().toFirstPicture().isEmpty())
                .isEmpty());
        awaitMorePictures();
    }

    /** Until everybody sees more of the presenter than now, who is still on air. */
    public void awaitMorePictures() {
        var before = decoded();
        await("everybody to see more").until(() -> {
            var now = decoded();
            return IntStream.range(0, size).allMatch(i -> now.get(i) >= before.get(i) + MORE_PICTURES);
        });
        assertThat(figures()).allMatch(figures -> figures.streams() == 1);
        assertThat(publisher == null || publisher.figures().connected()).isTrue();
    }

    private List<Long> decoded() {
        return figures().map(figures -> figures.picture().decoded()).toList();
    }

    private Stream<ViewerFigures> figures() {
        return viewers.stream().map(Viewer::figures);
    }

    /** The longest time that anybody saw no new picture. */
    public Duration longestGap() {
        return figures()
                .map(figures -> figures.picture().longestGap())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The audience leaves, and then the presenter. */
    @Override
    public void close() throws Exception {
        closed = true;
        for (var viewer : viewers) {
            get(viewer.close());
        }
        if (publisher != null) {
            get(publisher.close());
        }
    }
}
