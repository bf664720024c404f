package dev.grandstand.signaling;

import dev.grandstand.mediaclient.kurento.KurentoMediaServers;
import dev.grandstand.servicekit.Launch;

/** Signaling-svc as a process of its own. */
public final class Main {

    private Main() {}

    /** Runs until SIGTERM; configured by variables, see {@link SignalingConfig}. */
    public static void main(String[] args) {
        Launch.main(
                SignalingConfig::from,
                (vertx, config) ->
                        new SignalingService(vertx, config, new KurentoMediaServers(vertx, config.nodeSilence())));
    }
}
