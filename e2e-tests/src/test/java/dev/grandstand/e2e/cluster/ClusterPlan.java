package dev.grandstand.e2e.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Cluster} consists of. There is always one broker.
 *
 * @param signaling how many signaling instances; they share a secret
 * @param rooms how many instances of room-svc
 * @param chats how many instances of chat-svc
 * @param allocators how many instances of media-allocator-svc, of which one decides
 * @param relays how many media relays
 * @param variables for every service, on top of what the cluster sets itself (docs/configuration.md)
 * @param serviceJvm options of each service's JVM
 * @param relayJvm further options of each media relay's JVM
 * @param brokerJvm options of the broker's JVM
 */
public record ClusterPlan(
        int signaling,
        int rooms,
        int chats,
        int allocators,
        int relays,
        Map<String, String> variables,
        List<String> serviceJvm,
        List<String> relayJvm,
        List<String> brokerJvm) {

    /** Small and soon started: many processes share few cores. */
    private static final List<String> FRUGAL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k");

    /** Copies what it is given. */
    public ClusterPlan {
        variables = Map.copyOf(variables);
        serviceJvm = List.copyOf(serviceJvm);
        relayJvm = List.copyOf(relayJvm);
        brokerJvm = List.copyOf(brokerJvm);
    }

    /**
     * Two signaling instances; two of room-svc, each a standby for the other, so that a killed one is taken over from by
     * another process; one chat-svc, which therefore has to come back from the changelog. What can go wrong differs.
     */
    public static ClusterPlan standard() {
        return new ClusterPlan(
                2,
                2,
                1,
                1,
                1,
                Map.of("GRANDSTAND_STANDBYS", "1", "GRANDSTAND_TOPIC_PARTITIONS", "4", "GRANDSTAND_EVENT_LOOPS", "1"),
                with(FRUGAL, "-Xmx128m"),
                List.of(),
                with(FRUGAL, "-Xmx320m"));
    }

    /** One instance of each service, in JVMs as an installation would run them. */
    public static ClusterPlan single() {
        return new ClusterPlan(1, 1, 1, 1, 1, Map.of(), List.of("-Xmx512m"), List.of(), List.of("-Xmx768m"));
    }

    /** The same with some more variables, which win. */
    public ClusterPlan with(Map<String, String> more) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        return new ClusterPlan(signaling, rooms, chats, allocators, relays, all, serviceJvm, relayJvm, brokerJvm);
    }

    /** The same with so many media relays. */
    public ClusterPlan withRelays(int count) {
        return new ClusterPlan(signaling, rooms, chats, allocators, count, variables, serviceJvm, relayJvm, brokerJvm);
    }

    /** The same whose media relays have these options on top of every service's. */
    public ClusterPlan withRelayJvm(List<String> options) {
        return new ClusterPlan(signaling, rooms, chats, allocators, relays, variables, serviceJvm, options, brokerJvm);
    }

    /** The same with so many allocators. */
    public ClusterPlan withAllocators(int count) {
        return new ClusterPlan(signaling, rooms, chats, count, relays, variables, serviceJvm, relayJvm, brokerJvm);
    }

    private static List<String> with(List<String> options, String heap) {
        var all = new ArrayList<>(options);
        all.add(heap);
        return all;
    }
}
