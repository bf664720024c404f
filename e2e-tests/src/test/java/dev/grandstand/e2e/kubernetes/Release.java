package dev.grandstand.e2e.kubernetes;

import com.marcnuri.helm.Helm;
import dev.grandstand.e2e.cluster.ServiceProcess;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The chart, installed in a namespace of its own, with the values for a cluster as old as the tests'. */
final class Release {

    /** What the chart calls the media pods' Deployment. */
    static final String MEDIA = "grandstand-media";

    /** What it calls the allocator's Deployment, service account, Role and lease. */
    static final String ALLOCATOR = "grandstand-allocator";

    /** Labels of media pods, which are also the allocator's selector. */
    static final Map<String, String> MEDIA_LABELS =
            Map.of("app.kubernetes.io/instance", "grandstand", "app.kubernetes.io/component", "media");

    private static final String NAME = "grandstand";
    private static final Path CHART = ServiceProcess.HOME.resolve("helm/grandstand");
    private static final Path VALUES = CHART.resolve("ci/old-cluster-values.yaml");

    private final ApiServer server;
    private final String namespace;

    private Release(ApiServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** @param values on top, by their paths: {@code media.nodes.max} */
    static Release install(ApiServer server, String namespace, Map<String, Object> values) {
        server.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        var install = new Helm(CHART)
                .install()
                .withName(NAME)
                .withNamespace(namespace)
                .withKubeConfig(server.adminConfig())
                .withValuesFile(VALUES);
        values.forEach(install::set);
        install.call();
        return new Release(server, namespace);
    }

    /** With other values on top. */
    void upgrade(Map<String, Object> values) {
        var upgrade = new Helm(CHART)
                .upgrade()
                .withName(NAME)
                .withNamespace(namespace)
                .withKubeConfig(server.adminConfig())
                .withValuesFile(VALUES);
        values.forEach(upgrade::set);
        upgrade.call();
    }

    void uninstall() {
        Helm.uninstall(NAME)
                .withNamespace(namespace)
                .withKubeConfig(server.adminConfig())
                .call();
    }

    RollableScalableResource<Deployment> media() {
        return deployment(MEDIA);
    }

    RollableScalableResource<Deployment> deployment(String name) {
        return server.admin().apps().deployments().inNamespace(namespace).withName(name);
    }

    /** How the allocator's processes reach the server. */
    Path allocatorConfig() throws IOException {
        return server.configOf(namespace, ALLOCATOR);
    }

    /** What the chart tells the allocator about the cluster; where it listens is the processes' own. */
    Map<String, String> allocatorVariables() {
        var variables = new HashMap<String, String>();
        for (EnvVar variable : deployment(ALLOCATOR)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()) {
            if (variable.getValue() != null && isOfTheCluster(variable.getName())) {
                variables.put(variable.getName(), variable.getValue());
            }
        }
        variables.put("GRANDSTAND_KUBERNETES_NAMESPACE", namespace);
        return variables;
    }

    private static boolean isOfTheCluster(String variable) {
        return variable.equals("GRANDSTAND_FLEET")
                || variable.equals("GRANDSTAND_LEASE")
                || variable.startsWith("GRANDSTAND_MEDIA_")
                || variable.startsWith("GRANDSTAND_NODE")
                || variable.startsWith("GRANDSTAND_SCALING_")
                || variable.equals("GRANDSTAND_SEATS_PER_NODE");
    }
}
