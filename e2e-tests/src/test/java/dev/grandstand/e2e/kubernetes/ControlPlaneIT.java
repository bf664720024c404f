package dev.grandstand.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the allocator relies on, of the API server itself: that a stale scale is refused, and pods come and go with it. */
class ControlPlaneIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAMESPACE = "control-plane";

    private static ApiServer server;

    @BeforeAll
    static void start() throws IOException {
        server = ApiServer.start("control-plane");
        server.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void podsFollowTheScaleAndAStaleScaleIsRefused() {
        var client = server.admin();
        MediaDeployment.create(client, NAMESPACE, 1, 1);
        var deployment = client.apps().deployments().inNamespace(NAMESPACE).withName(MediaDeployment.NAME);
        try (var kubelet = new TestKubelet(client, NAMESPACE, MediaDeployment.LABELS, List.of(), server.folder())) {
            awaitReady(kubelet, 1);
            var stale = deployment.scale();
            var wanted = deployment.scale();
            wanted.getSpec().setReplicas(2);
            deployment.scale(wanted);
            awaitReady(kubelet, 2);

            stale.getSpec().setReplicas(5);
            assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> deployment.scale(stale))
                    .returns(HttpURLConnection.HTTP_CONFLICT, KubernetesClientException::getCode);

            deployment.delete();
            await("the pods to go with their Deployment").atMost(PATIENCE).until(() -> kubelet.pods()
                    .isEmpty());
            assertThat(kubelet.endedLive()).isEmpty();
        }
    }

    private static void awaitReady(TestKubelet kubelet, int pods) {
        await(pods + " pods to be ready").atMost(PATIENCE).until(() -> kubelet.readyPods() == pods);
        await("the Deployment to know")
                .atMost(PATIENCE)
                .until(() -> server.admin()
                                .apps()
                                .deployments()
                                .inNamespace(NAMESPACE)
                                .withName(MediaDeployment.NAME)
                                .get()
                                .getStatus()
                                .getReadyReplicas()
                        == pods);
    }
}
