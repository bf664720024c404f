package dev.grandstand.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the allocator's service account may do at the API server, with its own token: what it needs, and nothing else. */
class RoleIT {

    private static final String NAMESPACE = "roles";

    /** What everybody may ask who is somebody. */
    private static final Set<String> EVERYBODY = Set.of(
            "create selfsubjectaccessreviews.authorization.k8s.io",
            "create selfsubjectrulesreviews.authorization.k8s.io");

    private static ApiServer server;
    private static KubernetesClient allocator;

    @BeforeAll
    static void start() throws IOException {
        server = ApiServer.start("roles");
        allocator =
                ApiServer.client(Release.install(server, NAMESPACE, Map.of()).allocatorConfig());
        server.admin().resource(pod("one")).inNamespace(NAMESPACE).create();
    }

    @AfterAll
    static void stop() throws IOException {
        if (allocator != null) {
            allocator.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Release.MEDIA_LABELS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("media")
                .withImage("grandstand/media-relay:test")
                .endContainer()
                .endSpec()
                .build();
    }

    /** The server's own answer to "what may I do?", in whole. */
    @Test
    void theRoleIsWhatTheAllocatorNeeds() {
        var review = allocator
                .authorization()
                .v1()
                .selfSubjectRulesReview()
                .create(new SelfSubjectRulesReviewBuilder()
                        .withNewSpec()
                        .withNamespace(NAMESPACE)
                        .endSpec()
                        .build());

        var may = review.getStatus().getResourceRules().stream()
                .flatMap(RoleIT::calls)
                .filter(call -> !EVERYBODY.contains(call))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(may)
                .containsExactlyInAnyOrder(
                        "get pods",
                        "list pods",
                        "watch pods",
                        "patch pods",
                        "get deployments/scale.apps grandstand-media",
                        "update deployments/scale.apps grandstand-media",
                        "create leases.coordination.k8s.io",
                        "get leases.coordination.k8s.io grandstand-allocator",
                        "patch leases.coordination.k8s.io grandstand-allocator",
                        "create events");
    }

    private static Stream<String> calls(ResourceRule rule) {
        return rule.getVerbs().stream().flatMap(verb -> rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream().flatMap(resource -> {
                    var what = verb + " " + resource + (group.isEmpty() ? "" : "." + group);
                    return rule.getResourceNames().isEmpty()
                            ? Stream.of(what)
                            : rule.getResourceNames().stream().map(name -> what + " " + name);
                })));
    }

    @TestFactory
    Stream<DynamicTest> whatItNeedsIsGranted() {
        var deployment = allocator.apps().deployments().inNamespace(NAMESPACE).withName(Release.MEDIA);
        return Map.<String, ThrowingCallable>of(
                        "list pods",
                                () -> allocator.pods().inNamespace(NAMESPACE).list(),
                        "patch a pod",
                                () -> allocator
                                        .pods()
                                        .inNamespace(NAMESPACE)
                                        .withName("one")
                                        .patch(
                                                PatchContext.of(PatchType.JSON_MERGE),
                                                "{\"metadata\":{\"labels\":{\"grandstand.dev/live\":\"true\"}}}"),
                        // Whatever version it has: the Deployment's controller writes to it at the same time.
                        "scale the Deployment",
                                () -> deployment.scale(new ScaleBuilder(deployment.scale())
                                        .editMetadata()
                                        .withResourceVersion(null)
                                        .endMetadata()
                                        .build()),
                        "create the lease",
                                () -> allocator
                                        .leases()
                                        .inNamespace(NAMESPACE)
                                        .resource(new LeaseBuilder()
                                                .withNewMetadata()
                                                .withName("grandstand-allocator")
                                                .endMetadata()
                                                .build())
                                        .create())
                .entrySet()
                .stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(), () -> call.getValue().call()));
    }

    @TestFactory
    Stream<DynamicTest> anythingElseIsRefused() {
        var pods = allocator.pods().inNamespace(NAMESPACE);
        var deployments = allocator.apps().deployments();
        return Map.<String, ThrowingCallable>of(
                        "delete a pod", () -> pods.withName("one").delete(),
                        "evict a pod", () -> pods.withName("one").evict(),
                        "create a pod", () -> pods.resource(pod("two")).create(),
                        "read secrets",
                                () -> allocator.secrets().inNamespace(NAMESPACE).list(),
                        "read configuration",
                                () -> allocator
                                        .configMaps()
                                        .inNamespace(NAMESPACE)
                                        .list(),
                        "read Deployments",
                                () -> deployments.inNamespace(NAMESPACE).list(),
                        "scale another Deployment",
                                () -> deployments
                                        .inNamespace(NAMESPACE)
                                        .withName("other")
                                        .scale(),
                        "list leases",
                                () -> allocator.leases().inNamespace(NAMESPACE).list(),
                        "list pods elsewhere",
                                () -> allocator
                                        .pods()
                                        .inNamespace("kube-system")
                                        .list(),
                        "list nodes", () -> allocator.nodes().list())
                .entrySet()
                .stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(), () -> assertThatExceptionOfType(KubernetesClientException.class)
                                .isThrownBy(call.getValue())
                                .returns(HttpURLConnection.HTTP_FORBIDDEN, KubernetesClientException::getCode)));
    }
}
