package dev.grandstand.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what to the cluster, and to the machine. */
class ChartSecurityTest {

    static List<Path> examples() {
        return Chart.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theAllocatorMayDoThisAndNothingElse(Path values) {
        var objects = Chart.render(values);

        assertThat(objects.stream().map(Rendered::kind)).doesNotContain("ClusterRole", "ClusterRoleBinding");
        assertThat(objects.stream().filter(one -> one.kind().equals("RoleBinding")))
                .singleElement()
                .satisfies(binding -> {
                    assertThat(binding.at("/roleRef/name").asText()).isEqualTo("grandstand-allocator");
                    assertThat(binding.at("/subjects").size()).isEqualTo(1);
                    assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("grandstand-allocator");
                });
        assertThat(objects.stream().filter(one -> one.kind().equals("Role")))
                .singleElement()
                .satisfies(
                        role -> assertThat(Rendered.elements(role.at("/rules")).map(ChartSecurityTest::rule))
                                .containsExactlyInAnyOrder(
                                        "/pods: get list watch patch",
                                        "apps/deployments/scale [grandstand-media]: get update",
                                        "coordination.k8s.io/leases: create",
                                        "coordination.k8s.io/leases [grandstand-allocator]: get patch",
                                        "/events: create"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void onlyTheAllocatorGetsATokenOfKubernetes(Path values) {
        assertThat(withPods(values)).allSatisfy(one -> assertThat(
                        one.podSpec().path("automountServiceAccountToken").asBoolean(true))
                .as(one.toString())
                .isEqualTo(one.name().equals("grandstand-allocator")));
    }

    /** Pod Security Standards, level "restricted"; https://kubernetes.io/docs/concepts/security/pod-security-standards/. */
    @ParameterizedTest
    @MethodSource("examples")
    void allButKurentoKeepToTheRestrictedLevel(Path values) {
        assertThat(withPods(values).filter(one -> !isKurento(one))).allSatisfy(one -> {
            var pod = one.podSpec();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(one.containers()).allSatisfy(container -> {
                assertThat(container
                                .at("/securityContext/allowPrivilegeEscalation")
                                .asBoolean(true))
                        .isFalse();
                assertThat(container
                                .at("/securityContext/readOnlyRootFilesystem")
                                .asBoolean())
                        .isTrue();
                assertThat(container.at("/securityContext/capabilities").toString())
                        .isEqualTo("{\"drop\":[\"ALL\"]}");
            });
            assertThat(pod.at("/volumes")).allMatch(volume -> Stream.of("emptyDir", "configMap", "secret")
                    .anyMatch(volume::has));
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyContainerSaysWhatItNeedsAndWhetherItIsWell(Path values) {
        assertThat(withPods(values))
                .allSatisfy(one -> assertThat(one.containers()).allSatisfy(container -> {
                    assertThat(container.at("/resources/requests/cpu").isMissingNode())
                            .isFalse();
                    assertThat(container.at("/resources/limits/memory").isMissingNode())
                            .isFalse();
                    if (!one.kind().equals("Pod")) {
                        assertThat(List.of("startupProbe", "livenessProbe", "readinessProbe"))
                                .allMatch(container::has);
                    }
                }));
    }

    private static Stream<Rendered> withPods(Path values) {
        return Chart.render(values).stream().filter(one -> one.podSpec().isObject());
    }

    private static boolean isKurento(Rendered object) {
        return object.containers().getFirst().path("image").asText().contains("kurento");
    }

    private static String rule(JsonNode rule) {
        var names = rule.has("resourceNames") ? " [" + texts(rule, "resourceNames") + "]" : "";
        return texts(rule, "apiGroups") + "/" + texts(rule, "resources") + names + ": " + texts(rule, "verbs");
    }

    private static String texts(JsonNode rule, String field) {
        return String.join(
                " ", Rendered.elements(rule.path(field)).map(JsonNode::asText).toList());
    }
}
