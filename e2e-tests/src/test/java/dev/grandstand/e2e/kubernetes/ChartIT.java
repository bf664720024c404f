package dev.grandstand.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart at a real API server, by Helm itself. */
class ChartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAMESPACE = "chart";

    private static ApiServer server;

    @BeforeAll
    static void start() throws IOException {
        server = ApiServer.start("chart");
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void itIsInstalledUpgradedAndTakenAwayAgain() {
        var release = Release.install(server, NAMESPACE, Map.of());
        awaitReplicas(release, "grandstand-signaling", 2);
        awaitReplicas(release, Release.MEDIA, 1);

        // The allocator's doing; an upgrade must leave it alone.
        var scale = release.media().scale();
        scale.getSpec().setReplicas(3);
        // Whatever version it has: the Deployment's controller writes to it at the same time.
        scale.getMetadata().setResourceVersion(null);
        release.media().scale(scale);
        release.upgrade(Map.of("signaling.replicas", 3, "media.seatsPerNode", 5));

        awaitReplicas(release, "grandstand-signaling", 3);
        awaitReplicas(release, Release.MEDIA, 3);
        assertThat(release.allocatorVariables()).containsEntry("GRANDSTAND_SEATS_PER_NODE", "5");

        release.uninstall();
        await("everything to go").atMost(PATIENCE).untilAsserted(() -> {
            var client = server.admin();
            assertThat(client.apps().deployments().inNamespace(NAMESPACE).list().getItems())
                    .isEmpty();
            assertThat(client.apps()
                            .statefulSets()
                            .inNamespace(NAMESPACE)
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(client.services().inNamespace(NAMESPACE).list().getItems())
                    .isEmpty();
            assertThat(client.rbac().roles().inNamespace(NAMESPACE).list().getItems())
                    .isEmpty();
            assertThat(client.pods().inNamespace(NAMESPACE).list().getItems()).isEmpty();
        });
    }

    /** Whoever has a session keeps it over an upgrade, and nothing starts anew for a secret that is the same. */
    @Test
    void secretsAreMadeUpOnceAndKept() {
        var release = Release.install(server, "secrets", Map.of("secrets.existing", ""));
        var secret = server.admin().secrets().inNamespace("secrets").withName("grandstand");
        var made = secret.get().getData();
        var template = signalingTemplate(release);
        assertThat(made).containsOnlyKeys("session", "admin", "turn");
        assertThat(made.values()).doesNotHaveDuplicates().allMatch(value -> value.length() > 43);

        release.upgrade(Map.of("secrets.existing", "", "media.seatsPerNode", 5));

        assertThat(secret.get().getData()).isEqualTo(made);
        assertThat(signalingTemplate(release)).isEqualTo(template);
        release.uninstall();
    }

    private static PodTemplateSpec signalingTemplate(Release release) {
        return release.deployment("grandstand-signaling").get().getSpec().getTemplate();
    }

    private static void awaitReplicas(Release release, String deployment, int pods) {
        await(pods + " pods of " + deployment).atMost(PATIENCE).until(() -> Integer.valueOf(pods)
                .equals(release.deployment(deployment).get().getStatus().getReplicas()));
    }
}
