package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.scaling.ScalingRules;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server that only stores; the test plays the controllers and the kubelet. */
final class MockCluster implements AutoCloseable {

    static final String NAMESPACE = "shows";
    static final String DEPLOYMENT = "media";

    /** Held here, since a logger that nobody holds forgets its level. */
    private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

    static {
        REQUESTS.setLevel(Level.WARNING);
    }

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient client;

    MockCluster() {
        server.init();
        client = client();
    }

    /** Another connection to it, as a process has. */
    KubernetesClient client() {
        var config = Config.empty();
        config.setMasterUrl(server.url("/"));
        config.setNamespace(NAMESPACE);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A pod of the media Deployment that is ready. */
    Pod runs(String name, String address) {
        return client.pods()
                .inNamespace(NAMESPACE)
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withUid("uid-" + name)
                        .withCreationTimestamp(Instant.now().toString())
                        .withLabels(new HashMap<>(
                                Map.of("app.kubernetes.io/component", "media", "pod-template-hash", "5d4")))
                        .addNewOwnerReference()
                        .withKind("ReplicaSet")
                        .withName(DEPLOYMENT + "-5d4")
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(address)
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    /** The pod as it is stored. */
    Pod pod(String name) {
        return client.pods().inNamespace(NAMESPACE).withName(name).get();
    }

    /** Changes it, as somebody else would. */
    void edit(String name, Consumer<PodBuilder> change) {
        client.pods().inNamespace(NAMESPACE).withName(name).edit(pod -> {
            var builder = new PodBuilder(pod);
            change.accept(builder);
            return builder.build();
        });
    }

    /** Deleted and ended at once, as the store does it. */
    void ends(String name) {
        client.pods().inNamespace(NAMESPACE).withName(name).withGracePeriod(0).delete();
    }

    /** Deleted, and its containers still run, as a preStop that waits makes them. */
    void terminates(String name) {
        edit(
                name,
                pod -> pod.editMetadata().withFinalizers("grandstand.dev/test").endMetadata());
        ends(name);
    }

    /** The media Deployment, whose scale this server mistakes for itself. */
    void deploys(int replicas) {
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(DEPLOYMENT)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .endSpec()
                        .build())
                .create();
    }

    int replicas() {
        return client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(DEPLOYMENT)
                .scale()
                .getSpec()
                .getReplicas();
    }

    /** The pods that a ReplicaSet would delete first, by their deletion cost. */
    List<String> firstToGo() {
        return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(pod -> PodSeen.of(pod).marks().equals(Marks.FIRST_TO_GO))
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    /** Reason and message of each. */
    List<String> events() {
        return client.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .map(event -> event.getReason() + " " + event.getMessage())
                .toList();
    }

    KubernetesConfig config() {
        return new KubernetesConfig(
                NAMESPACE,
                "app.kubernetes.io/component=media",
                DEPLOYMENT,
                8888,
                "grandstand-allocator",
                "127.0.0.1",
                1,
                5,
                Duration.ofSeconds(30),
                ScalingRules.DEFAULT.quiet(),
                ScalingRules.DEFAULT.coolDown());
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
