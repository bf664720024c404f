package dev.grandstand.allocator.kubernetes;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scales a Deployment through its {@code scale}, with the version that was read, so that of two who do one is refused. */
final class DeploymentScaler implements FleetScaler {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentScaler.class);
    private static final String COMPONENT = "grandstand-allocator";

    private final KubernetesClient client;
    private final WorkerExecutor worker;
    private final String namespace;
    private final String deployment;
    private final InstantSource clock;

    DeploymentScaler(
            KubernetesClient client, WorkerExecutor worker, String namespace, String deployment, InstantSource clock) {
        this.client = client;
        this.worker = worker;
        this.namespace = namespace;
        this.deployment = deployment;
        this.clock = clock;
    }

    @Override
    public Future<Ordered> read() {
        return blocking(() -> ordered(client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(deployment)
                .scale()));
    }

    @Override
    public Future<Ordered> order(Ordered read, int pods) {
        return blocking(() -> {
            var wanted = new ScaleBuilder(read.scale())
                    .editOrNewSpec()
                    .withReplicas(pods)
                    .endSpec()
                    .build();
            try {
                return ordered(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName(deployment)
                        .scale(wanted));
            } catch (KubernetesClientException e) {
                throw e.getCode() == HttpURLConnection.HTTP_CONFLICT ? new Stale(e) : e;
            }
        });
    }

    private Ordered ordered(@Nullable Scale scale) {
        if (scale == null) {
            throw new IllegalStateException("there is no Deployment " + namespace + "/" + deployment);
        }
        return new Ordered(scale);
    }

    @Override
    public Future<Void> tell(Ordered about, boolean warning, String reason, String message) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(deployment + ".")
                .withNamespace(namespace)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withNamespace(namespace)
                .withName(deployment)
                .withUid(about.scale().getMetadata().getUid())
                .endInvolvedObject()
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason)
                .withMessage(message)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .build();
        return blocking(() -> client.v1()
                        .events()
                        .inNamespace(namespace)
                        .resource(event)
                        .create())
                .<Void>mapEmpty()
                .recover(failure -> {
                    LOG.atWarn()
                            .addKeyValue("event", reason)
                            .addKeyValue("failure", failure.getMessage())
                            .log("event not written");
                    return Future.succeededFuture();
                });
    }

    private <T> Future<T> blocking(Callable<T> call) {
        return worker.executeBlocking(call, false);
    }
}
