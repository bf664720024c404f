package dev.grandstand.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart renders is what Kubernetes takes. */
class ChartRenderingTest {

    static List<Path> examples() {
        return Chart.examples();
    }

    @Test
    void lints() {
        var result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyFieldIsOneOfKubernetes(Path values) {
        var objects = Chart.render(values);

        assertThat(objects).hasSizeGreaterThan(15);
        assertThat(objects.stream().map(KubernetesFields::complaint).flatMap(Optional::stream))
                .isEmpty();
    }

    /** The check itself notices: else it would be worth nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Deployment", "HTTPRoute", "HorizontalPodAutoscaler", "NetworkPolicy", "PodDisruptionBudget"})
    void anUnknownFieldIsSeen(String kind) {
        var object = Chart.render(Chart.example("bare-metal")).stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();

        ((ObjectNode) object.at("/spec")).put("replicsa", 3);

        assertThat(KubernetesFields.complaint(object))
                .hasValueSatisfying(words -> assertThat(words).contains("replicsa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PodMonitor", "PrometheusRule"})
    void anUnknownFieldOfTheMonitorsIsSeen(String kind) {
        var object = Chart.render(Chart.example("managed")).stream()
                .filter(one -> one.kind().equals(kind))
                .findFirst()
                .orElseThrow();

        ((ObjectNode) object.at("/spec")).put("selectro", 3);

        assertThat(KubernetesFields.complaint(object)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void namesAreUniqueAndEverySelectorSelects(Path values) {
        var objects = Chart.render(values);

        assertThat(objects.stream().map(Rendered::toString)).doesNotHaveDuplicates();
        var pods = objects.stream()
                .map(one -> one.at("/spec/template/metadata/labels"))
                .filter(labels -> labels.isObject())
                .toList();
        objects.stream().filter(one -> one.kind().equals("Service")).forEach(service -> assertThat(pods)
                .as(service.toString())
                .anyMatch(
                        labels -> service.at("/spec/selector").propertyStream().allMatch(wanted -> wanted.getValue()
                                .equals(labels.path(wanted.getKey())))));
    }

    @ParameterizedTest
    @CsvSource({
        "kurento, grandstand-media, kurento/kurento-media-server:7.3.0, any",
        "relay, grandstand-media, grandstand/media-relay:0.1.0-SNAPSHOT, any",
        "both, grandstand-media, grandstand/media-relay:0.1.0-SNAPSHOT, edge",
        "both, grandstand-media-origin, kurento/kurento-media-server:7.3.0, origin"
    })
    void mediaNodesAreOfTheEngineThatIsAskedFor(String engine, String name, String image, String duty) {
        var media = deployment(Chart.render(Chart.example("old-cluster"), Map.of("media.engine", engine)), name);

        assertThat(media.containers().getFirst().path("image").asText()).isEqualTo(image);
        assertThat(media.at("/spec/template/metadata/labels")
                        .path("grandstand.dev/duty")
                        .asText())
                .isEqualTo(duty);
    }

    /** A number of its own would be set back to at every upgrade, and taken out, it would become one. */
    @ParameterizedTest
    @ValueSource(strings = {"kurento", "relay", "both"})
    void theChartNeverSaysHowManyMediaNodesThereAre(String engine) {
        var objects = Chart.render(Chart.example("old-cluster"), Map.of("media.engine", engine));

        assertThat(deployment(objects, "grandstand-media").at("/spec/replicas").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aMediaNodeGoesOnlyWhenItIsEmpty(Path values) {
        var media = Chart.render(values).stream()
                .filter(one -> one.kind().equals("Deployment"))
                .filter(one -> one.name().startsWith("grandstand-media"))
                .toList();

        assertThat(media).isNotEmpty().allSatisfy(one -> {
            assertThat(one.at("/spec/strategy/rollingUpdate").toString())
                    .isEqualTo("{\"maxUnavailable\":0,\"maxSurge\":1}");
            assertThat(one.podSpec().path("terminationGracePeriodSeconds").asInt())
                    .isEqualTo(18_000);
            assertThat(one.containers()
                            .getFirst()
                            .at("/lifecycle/preStop/exec/command/2")
                            .asText())
                    .contains("/dev/tcp/grandstand-allocator/8083", "GET /drain/%s");
            assertThat(one.containers().getFirst().at("/resources/limits/cpu").isMissingNode())
                    .isTrue();
        });
    }

    @Test
    void nothingThatAnOldClusterDoesNotKnowIsLeftWhenItIsTurnedOff() {
        assertThat(Chart.render(Chart.example("old-cluster")).stream()
                        .map(Rendered::apiVersion)
                        .distinct())
                .doesNotContain("policy/v1", "autoscaling/v2", "monitoring.coreos.com/v1");
    }

    @Test
    void aDigestWinsOverTheTag() {
        var signaling = deployment(Chart.render(Chart.example("load-balancer")), "grandstand-signaling");

        assertThat(signaling.containers().getFirst().path("image").asText())
                .startsWith("registry.example.org/grandstand/signaling-svc@sha256:");
    }

    static Rendered deployment(List<Rendered> objects, String name) {
        return objects.stream()
                .filter(one -> one.kind().equals("Deployment"))
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
