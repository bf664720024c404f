package dev.grandstand.e2e.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot work are refused before anything is installed, in words that name them. */
class ChartSchemaTest {

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "signalling.replicas | 3 | signalling",
                "signaling.replica | 3 | replica",
                "signaling.replicas | 0 | /signaling/replicas",
                "signaling.autoscaling.min | many | /signaling/autoscaling/min",
                "signaling.autoscaling.max | 1 | signaling.autoscaling.max (1) is below signaling.autoscaling.min (2)",
                "signaling.env.MAX_SESSIONS | x | /signaling/env",
                "room.image.digest | latest | /room/image/digest",
                "image.pullPolicy | Sometimes | /image/pullPolicy",
                "auth.mode | jwt | /auth",
                "auth.mode | closed | /auth/mode",
                "kafka.brokers | 2 | /kafka/brokers",
                "kafka.clusterId | mine | /kafka/clusterId",
                "kafka.enabled | false | /externalKafka/bootstrapServers",
                "externalKafka.bootstrapServers | kafka:9092 | /externalKafka/bootstrapServers",
                "externalKafka.bootstrapServers | kafka | /externalKafka/bootstrapServers",
                "media.engine | janus | /media/engine",
                "media.exposure | ingress | /media/exposure",
                "media.nodes.max | 0 | /media/nodes/max",
                "media.nodes.min | 30 | media.nodes.max (20) is below media.nodes.min (30)",
                "media.nodes.boot | soon | /media/nodes/boot",
                "media.exposure | loadBalancer | set media.nodes.max to 1",
                "media.nodePort | 8080 | /media/nodePort",
                "media.relay.resources.limits.cpu | 2 | cpu",
                "media.kurento.env.KMS_EXTERNAL_IPV4 | 1.2.3.4 | /media/kurento/env",
                "media.terminationGracePeriodSeconds | 5 | /media/terminationGracePeriodSeconds",
                "turn.enabled | false | needs turn.enabled",
                "turn.nodePort | 80 | /turn/nodePort",
                "ingress.enabled | true | /ingress/host",
                "httpRoute.enabled | true | /httpRoute/parentRefs",
                "monitoring.interval | often | /monitoring/interval",
                "tests.url | http://x | /tests/url",
            })
    void isRefusedByName(String name, String value, String words) {
        assertThatThrownBy(() -> Chart.text(Chart.example("old-cluster"), Map.of(name, value)))
                .hasMessageContaining(words);
    }

    @Test
    void severalPortsBehindALoadBalancerAreRefusedWithAWayOut() {
        assertThatThrownBy(() -> Chart.text(
                        Chart.example("old-cluster"), Map.of("media.exposure", "nodePort", "media.engine", "kurento")))
                .hasMessageContaining("use turn or hostNetwork");
    }
}
