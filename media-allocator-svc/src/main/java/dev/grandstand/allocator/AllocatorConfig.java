package dev.grandstand.allocator;

import dev.grandstand.allocator.cluster.FleetMember;
import dev.grandstand.allocator.fleet.Duty;
import dev.grandstand.allocator.fleet.Growth;
import dev.grandstand.allocator.fleet.Moves;
import dev.grandstand.allocator.fleet.SeatBounds;
import dev.grandstand.allocator.fleet.Wear;
import dev.grandstand.allocator.kubernetes.KubernetesConfig;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.servicekit.AdminDoor;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How media-allocator-svc runs.
 *
 * @param port of {@code /fleet}, health and metrics ({@code GRANDSTAND_ALLOCATOR_PORT}, 8083)
 * @param admin the operators' door ({@code GRANDSTAND_ALLOCATOR_ADMIN_PORT}, 8085)
 * @param instance this process; its name is {@code GRANDSTAND_INSTANCE}, or {@code HOSTNAME}
 * @param kafka see {@link KafkaSettings#from}
 * @param nodes the media nodes ({@code GRANDSTAND_MEDIA_NODES}, ws://localhost:8888/kurento), called by host and port; a
 *     fragment {@code #origin} or {@code #edge} is the node's duty
 * @param kubernetes where the nodes are pods instead ({@code GRANDSTAND_FLEET}, configured); see {@link KubernetesConfig}
 * @param seats how many participants a node carries ({@code GRANDSTAND_SEATS_PER_NODE}, 100; {@code GRANDSTAND_SEATS_MIN} and
 *     {@code GRANDSTAND_SEATS_MAX}, which are the same; {@code GRANDSTAND_CPU_TARGET}, 0.6)
 * @param wear when a node has had its time ({@code GRANDSTAND_NODE_MEMORY_LIMIT}, 0: MiB; {@code GRANDSTAND_NODE_AGE_LIMIT}, 0s)
 * @param placement where new rooms go ({@code GRANDSTAND_PACK_ROOMS}, false: spread over the nodes)
 * @param growth how rooms grow beyond one node ({@code GRANDSTAND_EDGES_PER_NODE}, 8; {@code
 *     GRANDSTAND_EDGE_AHEAD}, 3s; {@code GRANDSTAND_EDGE_LINGER}, 30s)
 * @param moves how people are moved off a node ({@code GRANDSTAND_MOVES_AT_ONCE}, 20; {@code GRANDSTAND_MOVE_LIMIT}, 20s)
 * @param patience how long anybody waits for a seat at most ({@code GRANDSTAND_QUEUE_LIMIT}, 10m)
 * @param poll how often each node is looked at ({@code GRANDSTAND_NODE_POLL}, 2s)
 * @param silence a node that says nothing for so long is lost ({@code GRANDSTAND_NODE_SILENCE}, 3s)
 * @param orphanGrace how long a pipeline of ours that belongs to no room, or an endpoint whose participant has no seat, is
 *     left alone ({@code GRANDSTAND_ORPHAN_GRACE}, 30s)
 * @param showsFile where shows are announced beside what operators say ({@code GRANDSTAND_SHOWS_FILE})
 */
public record AllocatorConfig(
        int port,
        AdminDoor admin,
        InstanceId instance,
        KafkaSettings kafka,
        List<FleetMember> nodes,
        @Nullable KubernetesConfig kubernetes,
        SeatBounds seats,
        Wear wear,
        PlacementChoice placement,
        Growth growth,
        Moves moves,
        Duration patience,
        Duration poll,
        Duration silence,
        Duration orphanGrace,
        @Nullable Path showsFile) {

    private static final String SHARE = "a share above 0, and at most 1";
    private static final String SEATS = "GRANDSTAND_SEATS_PER_NODE";
    private static final int MOST_SEATS = 100_000;
    private static final String NODES = "GRANDSTAND_MEDIA_NODES";
    private static final URI LOCAL = URI.create("ws://localhost:8888/kurento");

    /** Copies the list. */
    public AllocatorConfig {
        nodes = List.copyOf(nodes);
    }

    /** @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used */
    public static AllocatorConfig from(Env env) {
        return new AllocatorConfig(
                env.port("GRANDSTAND_ALLOCATOR_PORT", 8083),
                AdminDoor.from(env, "GRANDSTAND_ALLOCATOR_ADMIN_PORT", 8085),
                InstanceId.started(env.text("GRANDSTAND_INSTANCE", env.text("HOSTNAME", "allocator"))),
                KafkaSettings.from(env),
                env.uris(NODES, List.of(LOCAL)).stream()
                        .map(AllocatorConfig::member)
                        .distinct()
                        .toList(),
                KubernetesConfig.from(env).orElse(null),
                seats(env),
                new Wear(
                        (long) env.integer("GRANDSTAND_NODE_MEMORY_LIMIT", 0, 0, 1 << 20) << 20,
                        env.duration("GRANDSTAND_NODE_AGE_LIMIT", Duration.ZERO)),
                env.flag("GRANDSTAND_PACK_ROOMS", false) ? PlacementChoice.PACK : PlacementChoice.SPREAD,
                new Growth(
                        env.integer("GRANDSTAND_EDGES_PER_NODE", Growth.DEFAULT.edgesPerNode(), 0, 1_000),
                        env.duration("GRANDSTAND_EDGE_AHEAD", Growth.DEFAULT.ahead()),
                        env.duration("GRANDSTAND_EDGE_LINGER", Growth.DEFAULT.linger())),
                new Moves(
                        env.integer("GRANDSTAND_MOVES_AT_ONCE", Moves.DEFAULT.atOnce(), 1, 10_000),
                        env.duration("GRANDSTAND_MOVE_LIMIT", Moves.DEFAULT.limit())),
                env.duration("GRANDSTAND_QUEUE_LIMIT", Duration.ofMinutes(10)),
                env.duration("GRANDSTAND_NODE_POLL", Duration.ofSeconds(2)),
                env.duration("GRANDSTAND_NODE_SILENCE", MediaServers.SILENCE),
                env.duration("GRANDSTAND_ORPHAN_GRACE", Duration.ofSeconds(30)),
                Optional.of(env.text("GRANDSTAND_SHOWS_FILE", ""))
                        .filter(path -> !path.isEmpty())
                        .map(Path::of)
                        .orElse(null));
    }

    private static SeatBounds seats(Env env) {
        int seats = env.integer(SEATS, 100, 1, MOST_SEATS);
        int min = env.integer("GRANDSTAND_SEATS_MIN", seats, 1, seats);
        int max = env.integer("GRANDSTAND_SEATS_MAX", seats, seats, MOST_SEATS);
        return new SeatBounds(min, seats, max, share(env, "GRANDSTAND_CPU_TARGET", 0.6));
    }

    private static double share(Env env, String name, double otherwise) {
        var text = env.text(name, String.valueOf(otherwise));
        try {
            double share = Double.parseDouble(text);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new BadConfiguration(name, text, SHARE);
        }
        throw new BadConfiguration(name, text, SHARE);
    }

    private static FleetMember member(URI uri) {
        var host = uri.getHost().replaceAll("[\\[\\]]", "");
        var node = new NodeId(uri.getPort() < 0 ? host : host + ":" + uri.getPort());
        return new FleetMember(new NodeRef(node, withoutFragment(uri)), duty(uri));
    }

    private static URI withoutFragment(URI uri) {
        var text = uri.toString();
        int fragment = text.indexOf('#');
        return fragment < 0 ? uri : URI.create(text.substring(0, fragment));
    }

    private static Duty duty(URI uri) {
        return Optional.ofNullable(uri.getFragment())
                .map(fragment -> Arrays.stream(Duty.values())
                        .filter(duty -> duty.name().toLowerCase(Locale.ROOT).equals(fragment))
                        .findFirst()
                        .orElseThrow(() -> new BadConfiguration(
                                NODES, uri.toString(), "#any, #origin or #edge as the node's duty")))
                .orElse(Duty.ANY);
    }
}
