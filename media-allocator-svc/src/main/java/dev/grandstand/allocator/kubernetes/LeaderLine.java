package dev.grandstand.allocator.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection that stands as long as the process of whoever leads, and over which nothing is said: where that process ends, however
 * it ends, its kernel closes the connection and refuses the next. Confined to one context.
 */
final class LeaderLine {

    private static final Duration ATTEMPT = Duration.ofSeconds(1);

    /** While it may be gone. */
    private static final Duration SOON = Duration.ofMillis(100);

    /** As long as it was not reached. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final SignsOfLife signs;
    private final Runnable onDoubt;
    private final NetClient client;
    private @Nullable Leader leader;
    private @Nullable NetSocket socket;

    /** @param onDoubt runs each time that the leader may be gone */
    LeaderLine(Vertx vertx, SignsOfLife signs, Runnable onDoubt) {
        this.vertx = vertx;
        this.signs = signs;
        this.onDoubt = onDoubt;
        this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) ATTEMPT.toMillis()));
    }

    /** To this one from now on; null for none. */
    void to(@Nullable Leader other) {
        leader = other;
        hangUp();
        if (other != null) {
            connect(other);
        }
    }

    private void hangUp() {
        var open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }

    /** An attempt that nobody answers fails with a ConnectException, too, but takes all the time that it is given. */
    private static boolean isRefused(Throwable failure, long begun) {
        return failure instanceof ConnectException && System.nanoTime() - begun < ATTEMPT.toNanos();
    }

    private boolean isOver(Leader there) {
        return leader != there;
    }

    private void connect(Leader there) {
        if (isOver(there)) {
            return;
        }
        long begun = System.nanoTime();
        client.connect(there.port(), there.host())
                .onSuccess(opened -> connected(there, opened))
                .onFailure(failure -> notConnected(there, isRefused(failure, begun)));
    }

    private void connected(Leader there, NetSocket opened) {
        if (isOver(there)) {
            opened.close();
            return;
        }
        socket = opened;
        signs.answered(there);
        // A connection that is reset is closed, too.
        opened.exceptionHandler(reset -> {});
        opened.closeHandler(closed -> vertx.setTimer(SOON.toMillis(), again -> connect(there)));
    }

    private void notConnected(Leader there, boolean refused) {
        if (isOver(there)) {
            return;
        }
        boolean doubted = false;
        if (refused) {
            doubted = signs.refused(there);
        } else {
            signs.unanswered(there);
        }
        if (doubted) {
            onDoubt.run();
        }
        vertx.setTimer((doubted ? SOON : LATER).toMillis(), again -> connect(there));
    }
}
