package dev.grandstand.relay;

import dev.grandstand.relay.kurento.AnnouncedAddresses;
import dev.grandstand.relay.kurento.KurentoConfig;
import dev.grandstand.relay.kurento.KurentoVerticle;
import dev.grandstand.relay.media.MediaEngine;
import dev.grandstand.relay.media.MediaEngineConfig;
import dev.grandstand.webrtc.RtcNode;
import dev.grandstand.webrtc.sdp.SdpException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A room that is played through again and again on a relay that nobody else knows, with a presenter and viewers out of this
 * process: requests, offers, ICE, DTLS, packets. For the training of a start-up archive (ADR 15), which then holds what that
 * loads and what is worth compiling. Whoever comes first to a relay would otherwise wait for both; and those who come first to
 * a spare node are often all people of a room whose node has just died.
 */
final class Rehearsal {

    private static final String HOST = "127.0.0.1";
    /** What was compiled meanwhile is what the archive says is worth it. */
    private static final int ROUNDS = 20;

    private static final int VIEWERS = 3;
    private static final int PATIENCE_SECONDS = 5;

    private final Vertx vertx;

    Rehearsal(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Takes some seconds, and leaves nothing behind; blocks, so not on a thread of Vert.x.
     *
     * @throws TimeoutException if something did not happen that should have
     */
    void run() throws InterruptedException, TimeoutException, SdpException {
        try (var engine = MediaEngine.start(MediaEngineConfig.defaults());
                var guests = RtcNode.open(0, true)) {
            var kurento = new KurentoVerticle(config(), engine, InstantSource.system());
            var deployment = get(vertx.deployVerticle(kurento));
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    play(kurento.port(), guests);
                }
            } finally {
                get(vertx.undeploy(deployment));
            }
        }
    }

    private static KurentoConfig config() {
        return new KurentoConfig(
                HOST,
                0,
                KurentoConfig.DEFAULT_COLLECTION_PERIOD,
                AnnouncedAddresses.NONE,
                KurentoConfig.Limits.DEFAULTS);
    }

    private void play(int port, RtcNode guests) throws InterruptedException, TimeoutException, SdpException {
        var client = vertx.createWebSocketClient();
        try {
            var room = new RehearsalRoom(get(client.connect(port, HOST, KurentoVerticle.PATH)));
            get(room.open());
            try (var presenter = RehearsalGuest.presenter(guests)) {
                presenter.accept(get(room.publish(presenter.offer())));
                var viewers = new ArrayList<RehearsalGuest>();
                try {
                    for (int i = 0; i < VIEWERS; i++) {
                        var viewer = RehearsalGuest.viewer(guests);
                        viewers.add(viewer);
                        viewer.accept(get(room.view(viewer.offer())));
                    }
                    presenter.sendUntilSeenBy(viewers, PATIENCE_SECONDS);
                } finally {
                    viewers.forEach(RehearsalGuest::close);
                }
            }
            get(room.close());
        } finally {
            get(client.close());
        }
    }

    private static <T> T get(Future<T> future) throws TimeoutException {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
