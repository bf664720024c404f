package dev.grandstand.allocator.kubernetes;

import dev.grandstand.allocator.scaling.ScalingRules;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.util.Optional;

/**
 * How the allocator runs in Kubernetes.
 *
 * @param namespace of the media pods, and of everything else here ({@code GRANDSTAND_KUBERNETES_NAMESPACE}; empty: that of the
 *     service account)
 * @param selector labels of the media pods ({@code GRANDSTAND_MEDIA_SELECTOR}, app.kubernetes.io/component=media)
 * @param deployment the one that is scaled ({@code GRANDSTAND_MEDIA_DEPLOYMENT})
 * @param port of the Kurento protocol at each pod ({@code GRANDSTAND_MEDIA_PORT}, 8888)
 * @param lease whose holder leads ({@code GRANDSTAND_LEASE}, grandstand-allocator)
 * @param address under which other allocators reach this one ({@code GRANDSTAND_POD_IP}; empty: they do not)
 * @param nodesMin never fewer ({@code GRANDSTAND_NODES_MIN}, 1)
 * @param nodesMax never more ({@code GRANDSTAND_NODES_MAX}, 10)
 * @param boot how long a pod takes until it serves, as long as that has not been measured ({@code GRANDSTAND_NODE_BOOT}, 30s)
 * @param quiet for how long fewer pods have to be enough before any goes ({@code GRANDSTAND_SCALING_QUIET}, 1m)
 * @param coolDown from any change to the next pod that goes ({@code GRANDSTAND_SCALING_COOL_DOWN}, 30s)
 */
public record KubernetesConfig(
        String namespace,
        String selector,
        String deployment,
        int port,
        String lease,
        String address,
        int nodesMin,
        int nodesMax,
        Duration boot,
        Duration quiet,
        Duration coolDown) {

    /**
     * Empty where {@code GRANDSTAND_FLEET} is {@code configured}, as it is by default.
     *
     * @throws BadConfiguration if a value cannot be used
     */
    public static Optional<KubernetesConfig> from(Env env) {
        var fleet = env.text("GRANDSTAND_FLEET", "configured");
        return switch (fleet) {
            case "configured" -> Optional.empty();
            case "kubernetes" -> Optional.of(inKubernetes(env));
            default -> throw new BadConfiguration("GRANDSTAND_FLEET", fleet, "configured or kubernetes");
        };
    }

    private static KubernetesConfig inKubernetes(Env env) {
        var deployment = env.text("GRANDSTAND_MEDIA_DEPLOYMENT", "");
        if (deployment.isEmpty()) {
            throw new BadConfiguration("GRANDSTAND_MEDIA_DEPLOYMENT", "", "the name of the Deployment to be scaled");
        }
        int min = env.integer("GRANDSTAND_NODES_MIN", 1, 0, 10_000);
        return new KubernetesConfig(
                env.text("GRANDSTAND_KUBERNETES_NAMESPACE", ""),
                env.text("GRANDSTAND_MEDIA_SELECTOR", "app.kubernetes.io/component=media"),
                deployment,
                env.integer("GRANDSTAND_MEDIA_PORT", 8888, 1, 65_535),
                env.text("GRANDSTAND_LEASE", "grandstand-allocator"),
                env.text("GRANDSTAND_POD_IP", ""),
                min,
                env.integer("GRANDSTAND_NODES_MAX", Math.max(10, min), min, 10_000),
                env.duration("GRANDSTAND_NODE_BOOT", Duration.ofSeconds(30)),
                env.duration("GRANDSTAND_SCALING_QUIET", ScalingRules.DEFAULT.quiet()),
                env.duration("GRANDSTAND_SCALING_COOL_DOWN", ScalingRules.DEFAULT.coolDown()));
    }

    /** How the Deployment is scaled. */
    public ScalingRules rules() {
        return ScalingRules.DEFAULT.between(nodesMin, nodesMax).calmed(quiet, coolDown);
    }
}
