package dev.grandstand.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.e2e.DurableLog;
import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ClusterLogs;
import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.MediaNodeView;
import dev.grandstand.e2e.faults.Deed.Kind;
import dev.grandstand.e2e.faults.Deed.Outcome;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.MessageId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three hundred clients in twenty rooms do as chance says while processes are killed and paused under them. Afterwards
 * nothing that was acknowledged is lost, nothing has happened twice, everybody sees what is, and nothing is left behind.
 *
 * <p>The seed is printed; {@code GRANDSTAND_TEST_SEED} sets it. It repeats what clients and troubles do, though not the
 * order in which processes come to it. {@code GRANDSTAND_TEST_LONG=true} ({@code ./grandstand test --long}) does each
 * trouble by itself and in several rounds. The grace times are shorter than an installation's: 12 s instead of 20 s, 10 s
 * instead of 30 s for orphans.
 */
class ChaosIT {

    private static final int CLIENTS =
            setting("GRANDSTAND_TEST_CLIENTS").map(Math::toIntExact).orElse(300);
    private static final int ROOMS = Math.max(1, CLIENTS / 15);
    private static final int LONG_ROUNDS = 4;
    /** So many messages a room keeps (docs/protocol.md, {@code chatHistory}); in the long run more are said. */
    private static final int REMEMBERED = 500;

    private static final Map<String, String> SHORTER_GRACES = Map.of(
            "GRANDSTAND_INSTANCE_GRACE", "12s",
            "GRANDSTAND_RESUME_GRACE", "12s",
            "GRANDSTAND_ORPHAN_GRACE", "10s",
            "GRANDSTAND_SEATS_PER_NODE", "1000",
            // Everybody comes from one address.
            "GRANDSTAND_CONNECTIONS_PER_ADDRESS", "unlimited",
            "GRANDSTAND_JOINS_PER_ADDRESS", "unlimited");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RoomId> rooms =
            IntStream.range(0, ROOMS).mapToObj(i -> new RoomId("hall-" + i)).toList();
    private @Nullable Cluster cluster;

    @RegisterExtension
    final ClusterLogs logs = new ClusterLogs(() -> cluster);

    @Test
    void nothingAcknowledgedIsLostAndEverybodySeesWhatIs() throws Exception {
        var seed = setting("GRANDSTAND_TEST_SEED").orElseGet(() -> new Random().nextLong(1_000_000));
        System.out.println("chaos: GRANDSTAND_TEST_SEED=" + seed);
        try (var running = Cluster.start("chaos", ClusterPlan.standard().with(SHORTER_GRACES));
                var crowd = new Crowd(List.of(running.socket(0), running.socket(1)), rooms, CLIENTS, seed);
                var node = new MediaNodeView(running.mediaNode())) {
            cluster = running;
            var began = System.nanoTime();
            await("all to be in their rooms").atMost(PATIENCE).until(() -> allInside(crowd));
            crowd.beQuiet(false);
            var trouble = new Trouble(running, new Probe());
            troubles(running, seed).forEach(one -> one.accept(trouble));
            crowd.beQuiet(true);
            var clients = quiet(crowd, running);
            print(crowd, trouble, node, began);

            var judge = new Judge(new DurableLog(running.kafka()), rooms)
                    .replay()
                    .acknowledgements(crowd.deeds())
                    .presence(clients);
            clients.forEach(judge::view);
            assertThat(judge.wrong()).isEmpty();
            assertFreshLooksAgree(running, judge);
            assertThat(count(crowd, Kind.CHAT, Outcome.ACKNOWLEDGED)).isGreaterThan(CLIENTS);

            crowd.goHome();
            await("the rooms to be closed").atMost(PATIENCE).until(() -> openRooms(running), List::isEmpty);
            await("the media node to be empty").atMost(PATIENCE).untilAsserted(() -> assertThat(node.pipelines())
                    .as(() -> "what is left; the fleet is "
                            + get(running.allocatorService().resolve("/fleet")))
                    .isEmpty());
            System.out.printf("chaos: over after %.0f s%n", (System.nanoTime() - began) / 1e9);
        }
    }

    private static Optional<Long> setting(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(Long::parseLong);
    }

    private static List<Consumer<Trouble>> troubles(Cluster cluster, long seed) {
        var signaling = cluster.signaling();
        var rooms = cluster.rooms();
        var chat = cluster.chats().getFirst();
        var allocator = cluster.allocator();
        if (!Boolean.parseBoolean(System.getenv("GRANDSTAND_TEST_LONG"))) {
            return List.of(
                    trouble -> trouble.kill(signaling.get(0)),
                    trouble -> trouble.kill(rooms.get(0)),
                    trouble -> trouble.kill(chat),
                    trouble -> trouble.kill(allocator),
                    trouble -> trouble.kill(signaling.get(1), rooms.get(1)),
                    trouble -> trouble.pause(signaling.get(0), chat),
                    trouble -> trouble.pause(rooms.get(0), allocator),
                    trouble -> trouble.pause(cluster.broker()),
                    trouble -> trouble.kill(cluster.broker()));
        }
        var each = cluster.processes().stream()
                .filter(process -> process != cluster.relay())
                .toList();
        var random = new Random(seed);
        var all = new ArrayList<Consumer<Trouble>>();
        for (int round = 0; round < LONG_ROUNDS; round++) {
            var list = new ArrayList<Consumer<Trouble>>();
            each.forEach(process -> {
                list.add(trouble -> trouble.kill(process));
                list.add(trouble -> trouble.pause(process));
            });
            var two = new ArrayList<>(each);
            Collections.shuffle(two, random);
            list.add(trouble -> trouble.kill(two.get(0), two.get(1)));
            list.add(trouble -> trouble.pause(two.get(2), two.get(3)));
            Collections.shuffle(list, random);
            all.addAll(list);
        }
        return all;
    }

    private static boolean allInside(Crowd crowd) {
        return crowd.states().stream().allMatch(client -> client.view() != null);
    }

    /** Waits until everybody is in a room with nothing open, and the ghosts of all others have gone. */
    private List<ScriptedClient.State> quiet(Crowd crowd, Cluster running) {
        await("everybody to be settled").atMost(PATIENCE).untilAsserted(() -> assertThat(crowd.states())
                .filteredOn(client -> client.view() == null || !client.settled())
                .isEmpty());
        await("nobody but the clients to be in the rooms")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(audiences(running)).isEqualTo(inside(crowd)));
        return crowd.states();
    }

    private static Map<String, Integer> inside(Crowd crowd) {
        return crowd.states().stream()
                .collect(Collectors.toMap(client -> client.room().value(), client -> 1, Integer::sum));
    }

    private void assertFreshLooksAgree(Cluster running, Judge judge) throws Exception {
        for (int i = 0; i < ROOMS; i++) {
            var room = rooms.get(i);
            var look = FreshLook.into(running.socket(i % 2), room);
            var picture = judge.picture(room);

            assertThat(look.others())
                    .as("who a newcomer to %s finds", room)
                    .isEqualTo(picture.people().keySet());
            assertThat(look.joined().streams().stream()
                            .map(stream -> stream.id())
                            .collect(Collectors.toSet()))
                    .as("what a newcomer to %s can watch", room)
                    .isEqualTo(picture.streams().stream()
                            .map(stream -> stream.id())
                            .collect(Collectors.toSet()));
            assertThat(look.chat()).as("what a newcomer to %s reads", room).isEqualTo(remembered(judge.messages(room)));
        }
    }

    private static List<MessageId> remembered(List<MessageId> said) {
        return said.subList(Math.max(0, said.size() - REMEMBERED), said.size());
    }

    private Map<String, Integer> audiences(Cluster running) {
        return Stream.of(get(running.roomService(0).resolve("/rooms")).path("rooms"))
                .flatMap(list ->
                        Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(list::get))
                .collect(Collectors.toMap(room -> room.path("id").asText(), room -> room.path("audience")
                        .asInt()));
    }

    private List<String> openRooms(Cluster running) {
        return IntStream.range(0, running.rooms().size())
                .mapToObj(i -> get(running.roomService(i).resolve("/rooms"))
                        .path("rooms")
                        .findValuesAsText("id"))
                .flatMap(List::stream)
                .toList();
    }

    private JsonNode get(URI address) {
        try {
            var request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return Json.tree(
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (Exception e) {
            throw new IllegalStateException(address + " did not answer", e);
        }
    }

    private static long count(Crowd crowd, Kind kind, Outcome outcome) {
        return crowd.deeds().stream().filter(deed -> deed.is(kind, outcome)).count();
    }

    private static void print(Crowd crowd, Trouble trouble, MediaNodeView node, long began) {
        System.out.printf(
                "chaos: %d kills, %d pauses in %.0f s; %d pipelines on the node%n",
                trouble.kills(),
                trouble.pauses(),
                (System.nanoTime() - began) / 1e9,
                node.pipelines().size());
        Arrays.stream(Kind.values())
                .forEach(kind -> System.out.printf(
                        "chaos: %-7s %5d acknowledged, %4d refused, %4d unknown%n",
                        kind,
                        count(crowd, kind, Outcome.ACKNOWLEDGED),
                        count(crowd, kind, Outcome.REFUSED),
                        count(crowd, kind, Outcome.UNKNOWN)));
    }
}
