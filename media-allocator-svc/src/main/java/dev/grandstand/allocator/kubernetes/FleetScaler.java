package dev.grandstand.allocator.kubernetes;

import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.vertx.core.Future;

/** How many media pods there are to be. */
interface FleetScaler {

    /**
     * What was read.
     *
     * @param scale with the version that any change makes another
     */
    record Ordered(Scale scale) {

        /** How many there are to be. */
        int pods() {
            var replicas = scale.getSpec() == null ? null : scale.getSpec().getReplicas();
            return replicas == null ? 0 : replicas;
        }
    }

    /** Somebody else changed it since it was read: to be read and decided again. */
    final class Stale extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stale(Throwable cause) {
            super("the scale was changed by somebody else", cause);
        }
    }

    /** As of now. */
    Future<Ordered> read();

    /** Fails with {@link Stale} if anything has changed since it was read. */
    Future<Ordered> order(Ordered read, int pods);

    /**
     * Tells in the cluster's own words, beside the Deployment. Completes also if that failed, which is logged.
     *
     * @param reason one word
     */
    Future<Void> tell(Ordered about, boolean warning, String reason, String message);
}
