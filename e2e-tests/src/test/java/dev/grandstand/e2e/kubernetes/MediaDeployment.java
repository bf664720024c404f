package dev.grandstand.e2e.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** The Deployment of media pods, as the chart has it where it matters to a control plane. */
final class MediaDeployment {

    static final String NAME = "media";
    static final Map<String, String> LABELS = Map.of("app.kubernetes.io/component", "media");

    private MediaDeployment() {}

    static Deployment create(KubernetesClient client, String namespace, int replicas, long graceSeconds) {
        return client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(namespace)
                        .withLabels(LABELS)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .withMatchLabels(LABELS)
                        .endSelector()
                        .withNewStrategy()
                        .withNewRollingUpdate()
                        .withNewMaxUnavailable(0)
                        .withNewMaxSurge(1)
                        .endRollingUpdate()
                        .endStrategy()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(LABELS)
                        .addToLabels("grandstand.dev/duty", "any")
                        .endMetadata()
                        .withNewSpec()
                        .withTerminationGracePeriodSeconds(graceSeconds)
                        .addNewContainer()
                        .withName("media")
                        .withImage("grandstand/media-relay:test")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }
}
