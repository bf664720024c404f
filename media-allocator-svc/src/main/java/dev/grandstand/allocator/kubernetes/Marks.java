package dev.grandstand.allocator.kubernetes;

import java.util.Map;

/**
 * What the allocator writes on a media pod, so that others who delete pods let it live.
 *
 * @param live label {@link #LIVE}: somebody is there. A PodDisruptionBudget of the chart selects it
 * @param unsafeToEvict annotation {@link #SAFE_TO_EVICT} is {@code "false"}: Cluster Autoscaler leaves its machine alone
 * @param deletionCost annotation {@link #DELETION_COST}: which pod a ReplicaSet deletes first; 0 if it has none
 */
record Marks(boolean live, boolean unsafeToEvict, int deletionCost) {

    static final String LIVE = "grandstand.dev/live";
    static final String SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";
    static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

    /** Of a pod with somebody. */
    static final Marks OCCUPIED = new Marks(true, true, 0);

    /** Of a pod with nobody. */
    static final Marks EMPTY = new Marks(false, false, 0);

    /** Cost of a pod that is emptied so that it goes; whoever leads next knows it by that. */
    private static final int TO_GO = -100;

    /** Of a pod that is to go when the Deployment is scaled down. */
    static final Marks FIRST_TO_GO = new Marks(false, false, 10 * TO_GO);

    static Marks of(Map<String, String> labels, Map<String, String> annotations) {
        return new Marks(
                "true".equals(labels.get(LIVE)),
                "false".equals(annotations.get(SAFE_TO_EVICT)),
                cost(annotations.getOrDefault(DELETION_COST, "0")));
    }

    /** Of a pod that is emptied so that it goes. */
    static Marks toGo(boolean occupied) {
        return new Marks(occupied, occupied, TO_GO);
    }

    /** Whether it was marked as one that is to go. */
    boolean isToGo() {
        return deletionCost < 0;
    }

    private static int cost(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // Whoever wrote that, a ReplicaSet takes it for none.
            return 0;
        }
    }

    /** As a merge patch (RFC 7386), in which null removes. */
    String patch() {
        return "{\"metadata\":{\"labels\":{\"%s\":%s},\"annotations\":{\"%s\":%s,\"%s\":%s}}}"
                .formatted(
                        LIVE,
                        live ? "\"true\"" : "null",
                        SAFE_TO_EVICT,
                        unsafeToEvict ? "\"false\"" : "null",
                        DELETION_COST,
                        deletionCost == 0 ? "null" : "\"" + deletionCost + "\"");
    }
}
