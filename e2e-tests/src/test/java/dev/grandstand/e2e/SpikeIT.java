package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.e2e.kubernetes.Crowd;
import dev.grandstand.e2e.kubernetes.KubernetesShow;
import dev.grandstand.e2e.kubernetes.ShowOfTests;
import dev.grandstand.e2e.kubernetes.Takeover;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An audience comes at once to a fleet of one node with four seats, on a real API server: it waits, the fleet grows, everybody
 * is seated and sees the show; it leaves, and the fleet goes down to one node again. Nobody is dropped and no node that has a
 * show is removed, whatever happens meanwhile.
 */
class SpikeIT {

    private static final int SEATS = 4;
    private static final int AGENTS = 40;

    /** Who presents, and two browsers. */
    private static final int PEOPLE = AGENTS + 3;

    private static final int NODES_NEEDED = (PEOPLE + SEATS - 1) / SEATS;

    /** For an audience in three nodes. */
    private static final int FEW = 10;

    /** Until a node starts, so that a queue can be seen where processors are fast. */
    private static final Duration BOOT = Duration.ofSeconds(3);

    @RegisterExtension
    static final ShowOfTests TESTS = new ShowOfTests(() -> KubernetesShow.start(
            "spike",
            SEATS,
            1,
            NODES_NEEDED + 1,
            Map.of("GRANDSTAND_SCALING_QUIET", "3s", "GRANDSTAND_SCALING_COOL_DOWN", "1s")));

    @BeforeAll
    static void bootSlowly() {
        running().kubelet().bootingFor(BOOT);
    }

    private static KubernetesShow running() {
        return TESTS.show();
    }

    @AfterEach
    void theFleetGoes() {
        Crowd.await("all nodes but one to go")
                .until(() -> running().kubelet().pods().size() == 1);
    }

    @Test
    void aCrowdThatComesAtOnceIsSeatedByAFleetThatGrows() throws Exception {
        var began = System.nanoTime();
        try (var browsers = new Browsers();
                var ann = visitor(browsers, "Ann", Camera.RED, "live")) {
            ann.awaitOnAir();
            try (var crowd = Crowd.follow(running(), "spike", AGENTS);
                    var vera = visitor(browsers, "Vera", Venue.AUDIENCE, "view");
                    var victor = visitor(browsers, "Victor", Venue.AUDIENCE, "view")) {
                var ledger = running().ledger();
                Crowd.await("a queue").until(() -> ledger.everQueued() > 0);
                var viewers = List.of(vera, victor);
                // Or the fleet was quicker than the pages.
                viewers.forEach(viewer -> Crowd.await(viewer.name() + " to wait or to be seated")
                        .until(() -> isWaiting(viewer) || plays(viewer)));
                var waiting = viewers.stream().filter(SpikeIT::isWaiting).count();

                Crowd.await("everybody to be seated").until(() -> ledger.seated() == PEOPLE);
                System.out.printf(
                        "spike: %d people on %d nodes after %.1f s; %d had waited, as %d of two browsers showed%n",
                        PEOPLE, ledger.taken().size(), (System.nanoTime() - began) / 1e9, ledger.everQueued(), waiting);
                assertThat(ledger.taken()).hasSizeGreaterThanOrEqualTo(NODES_NEEDED);
                crowd.awaitSeatsAndPicture();
                for (var viewer : viewers) {
                    viewer.awaitSight("Ann", Camera.RED);
                    viewer.awaitFramesOf("Ann", 20);
                }
            }
            assertThat(running().ledger().mostTaken()).isEqualTo(SEATS);
        }
    }

    @Test
    void theLeaderDiesWhileTheFleetGrows() throws Exception {
        try (var crowd = Crowd.come(running(), "leader", FEW)) {
            Crowd.await("the fleet to grow")
                    .until(() -> running().kubelet().pods().size() > 1);
            System.out.println("spike: " + Takeover.after(running()));
            crowd.awaitSeatsAndPicture();
        }
    }

    @Test
    void aPodNeverBecomesReady() throws Exception {
        running().kubelet().holdNext(1);
        try (var crowd = Crowd.come(running(), "held", FEW)) {
            crowd.awaitSeatsAndPicture();
        }
    }

    private static Visitor visitor(Browsers browsers, String name, Camera camera, String auto) {
        var visitor = new Visitor(browsers.with(camera).newContext(), name);
        visitor.page().setDefaultTimeout(Crowd.PATIENCE.toMillis());
        visitor.page().navigate(running().cluster().pages(0) + "/room/spike?name=" + name + "&auto=" + auto);
        visitor.awaitJoined();
        return visitor;
    }

    private static boolean isWaiting(Visitor visitor) {
        return visitor.element("seat-banner").isVisible();
    }

    private static boolean plays(Visitor visitor) {
        return (boolean)
                visitor.page().evaluate("() => window.grandstand.client.views.some(view => view.state === 'playing')");
    }
}
