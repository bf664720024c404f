package dev.grandstand.e2e.kubernetes;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever happens to the cluster: nobody is dropped, no node that has a show is removed, and no seat is granted twice. One
 * running system for all, and an audience of its own for each.
 */
class TroubleIT {

    private static final int SEATS = 4;
    /** One more than an audience needs: where one is emptied there is room on the others. */
    private static final int NODES = 4;

    private static final int AUDIENCE = 10;
    private static final Duration AWAY = Duration.ofSeconds(20);

    @RegisterExtension
    static final ShowOfTests TESTS =
            new ShowOfTests(() -> KubernetesShow.start("trouble", SEATS, NODES, NODES, Map.of()));

    @BeforeAll
    static void startAllNodes() {
        running().media().scale(NODES);
        Crowd.await("all nodes to serve").until(() -> running().kubelet().readyPods() == NODES);
    }

    private static KubernetesShow running() {
        return TESTS.show();
    }

    @Test
    void theLeaderDiesUnderALiveShow() throws Exception {
        try (var audience = Crowd.come(running(), "leader", AUDIENCE)) {
            audience.awaitSeatsAndPicture();
            try (var late = Crowd.follow(running(), "leader", 2)) {
                System.out.println("trouble: " + Takeover.after(running()));
                late.awaitSeatsAndPicture();
            }
            try (var more = Crowd.come(running(), "after-the-leader", 2)) {
                more.awaitSeatsAndPicture();
            }
            audience.awaitMorePictures();
        }
    }

    @Test
    void theApiServerIsAway() throws Exception {
        try (var before = Crowd.come(running(), "before", 2)) {
            before.awaitSeatsAndPicture();
            var server = running().server().process();
            server.kill();
            var until = System.nanoTime() + AWAY.toNanos();
            before.awaitMorePictures();
            Crowd.await("the time to pass").until(() -> System.nanoTime() > until);
            server.start().awaitReady();

            before.awaitMorePictures();
            try (var after = Crowd.come(running(), "after", AUDIENCE)) {
                after.awaitSeatsAndPicture();
            }
        }
    }

    @Test
    void aPodIsDeletedByHandUnderALiveShow() throws Exception {
        try (var audience = Crowd.come(running(), "deleted", AUDIENCE)) {
            audience.awaitSeatsAndPicture();
            var live = running().kubelet().pods().stream()
                    .filter(pod -> running().ledger().taken().keySet().stream()
                            .anyMatch(node -> node.value().equals(pod.name())))
                    .findFirst()
                    .orElseThrow();
            running().delete(live);

            Crowd.await(live.name() + " to be empty and gone")
                    .until(() -> running().kubelet().pod(live.name()).isEmpty());
            audience.awaitMorePictures();
            System.out.printf(
                    "trouble: a node was emptied with a gap of at most %d ms%n",
                    audience.longestGap().toMillis());
        }
    }

    @Test
    void theMediaDeploymentIsRolledOver() throws Exception {
        try (var audience = Crowd.come(running(), "rollout", AUDIENCE)) {
            audience.awaitSeatsAndPicture();
            var former = running().kubelet().pods().stream().map(MediaPod::name).collect(Collectors.toSet());
            running().media().rolling().restart();

            Crowd.await("all former pods to go")
                    .until(() -> running().kubelet().pods().stream().noneMatch(pod -> former.contains(pod.name())));
            audience.awaitMorePictures();
        }
    }
}
