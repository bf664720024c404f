package dev.grandstand.e2e.faults;

import dev.grandstand.e2e.RawSocket;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A visitor who only wants to know whether everything works: enters, says something, leaves. */
final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private int visits;

    /** Waits until a visit succeeds at this door. */
    void awaitService(URI door, String after) {
        Awaitility.await(door + " to be of service after " + after)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> visit(door));
    }

    private boolean visit(URI door) {
        visits++;
        try (var socket = new RawSocket(door)) {
            return socket.join("probe-" + visits, "Probe").path("type").asText().equals("joined")
                    && says(socket, "{\"type\":\"chat\",\"id\":2,\"text\":\"well?\"}", 2, "chatSent")
                    && says(socket, "{\"type\":\"leave\",\"id\":3}", 3, "ok");
        }
    }

    private static boolean says(RawSocket socket, String request, int id, String answer) {
        return socket.send(request).reply(id).path("type").asText().equals(answer);
    }
}
