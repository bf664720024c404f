package dev.grandstand.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.e2e.InGrandstand;
import dev.grandstand.e2e.SignalingInstances;
import dev.grandstand.e2e.Venue;
import dev.grandstand.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A hundred thousand frames that were good once, over real sockets, with every limit lifted. */
@ExtendWith(InGrandstand.class)
class FuzzIT {

    private static final int SOCKETS = 10;
    private static final int BATCHES = 101;
    private static final int BATCH = 100;

    /** What may be left on the heap by a system of this size that did something; a leak of 1 kB a frame would be more. */
    private static final long GROWTH = 64L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SAMPLES = Path.of("..", "protocol", "src", "test", "resources", "golden", "client");

    @Test
    void aHundredThousandBrokenFramesBreakNothing(Venue venue) throws Exception {
        var seed = Long.getLong("grandstand.seed", new Random().nextLong());
        System.out.println("FuzzIT: -Dgrandstand.seed=" + seed);
        try (var instances = new SignalingInstances(venue);
                var threads = Executors.newFixedThreadPool(SOCKETS);
                var log = new LogWatch()) {
            var port = instances.start("fuzzed", unlimited()).port();
            var roomsBefore = rooms(venue);
            fuzz(threads, port, venue, seed, 2);
            var heapBefore = heap();

            var answers = fuzz(threads, port, venue, seed + 1, BATCHES);

            System.out.println("FuzzIT: " + answers);
            assertThat(answers.keySet()).contains("error bad-json", "error bad-field", "error missing-field", "pong");
            assertThat(answers.keySet()).doesNotContain("error internal");
            assertThat(answers.get("pong")).isGreaterThanOrEqualTo(SOCKETS * BATCHES);
            assertThat(log.troubles()).isEmpty();
            await("every room to be closed").atMost(PATIENCE).untilAsserted(() -> assertThat(rooms(venue))
                    .isSubsetOf(roomsBefore));
            await("the heap to be what it was")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(heap()).isLessThan(heapBefore + GROWTH));
        }
    }

    private static Map<String, Integer> fuzz(
            java.util.concurrent.ExecutorService threads, int port, Venue venue, long seed, int batches)
            throws Exception {
        var samples = samples();
        var work = new ArrayList<Callable<Map<String, Integer>>>();
        for (int socket = 0; socket < SOCKETS; socket++) {
            var random = new Random(seed * SOCKETS + socket);
            var room = socket % 5 == 0 ? venue.newRoom("fuzzed") : "";
            work.add(() -> new Fuzzer(port, room, samples, random).run(batches));
        }
        var answers = new TreeMap<String, Integer>();
        for (var done : threads.invokeAll(work)) {
            done.get().forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
        }
        return answers;
    }

    /** One client; it is in a room, if it is given one, where every frame that gets through costs the services work. */
    private record Fuzzer(int port, String room, List<String> samples, Random random) {

        Map<String, Integer> run(int batches) throws IOException {
            var answers = new HashMap<String, Integer>();
            var mutation = new Mutation(random);
            var socket = connected();
            try {
                for (int batch = 0; batch < batches; batch++) {
                    for (int i = 0; i < BATCH; i++) {
                        var frame = mutation.of(samples.get(random.nextInt(samples.size())));
                        socket.put(random.nextInt(100) == 0 ? BareSocket.BINARY : BareSocket.TEXT, frame);
                    }
                    if (!settled(socket, batch, answers)) {
                        socket.close();
                        socket = connected();
                        assertThat(settled(socket, batch, answers))
                                .as("a fresh connection")
                                .isTrue();
                    }
                }
            } finally {
                socket.close();
            }
            return answers;
        }

        private BareSocket connected() throws IOException {
            var socket = new BareSocket(port, "");
            assertThat(socket.status()).isEqualTo("101");
            if (!room.isEmpty()) {
                socket.put("{\"type\":\"join\",\"room\":\"%s\",\"name\":\"Eve\"}".formatted(room));
            }
            return socket;
        }

        /** Whether the server has answered everything; else it has hung up. */
        private boolean settled(BareSocket socket, int batch, Map<String, Integer> answers) throws IOException {
            var mark = 1_000_000_000L + batch;
            try {
                socket.put("{\"type\":\"ping\",\"id\":%d}".formatted(mark)).flush();
                while (true) {
                    var text = socket.read();
                    if (text.isEmpty()) {
                        answers.merge("closed", 1, Integer::sum);
                        return false;
                    }
                    var answer = parsed(text.get());
                    var type = answer.path("type").asText();
                    answers.merge(
                            type.equals("error")
                                    ? "error " + answer.path("code").asText()
                                    : type,
                            1,
                            Integer::sum);
                    if (type.equals("pong") && answer.path("id").asLong() == mark) {
                        return true;
                    }
                }
            } catch (java.net.SocketException hungUp) {
                answers.merge("closed", 1, Integer::sum);
                return false;
            }
        }

        private static JsonNode parsed(String text) throws IOException {
            try {
                return Json.tree(text.getBytes(StandardCharsets.UTF_8));
            } catch (dev.grandstand.protocol.BadJson e) {
                throw new IOException("the server sent what is no JSON: " + text, e);
            }
        }
    }

    private static List<String> samples() throws IOException {
        var samples = new ArrayList<String>();
        try (var files = Files.list(SAMPLES)) {
            for (var file : files.sorted().toList()) {
                samples.add(Files.readString(file).replaceAll("\\s*\n\\s*", ""));
            }
        }
        assertThat(samples).hasSizeGreaterThan(20);
        return samples;
    }

    private static Map<String, String> unlimited() {
        return Map.of(
                "GRANDSTAND_CONNECTIONS_PER_ADDRESS", "unlimited",
                "GRANDSTAND_JOINS_PER_ADDRESS", "unlimited",
                "GRANDSTAND_MESSAGES_PER_SESSION", "unlimited",
                "GRANDSTAND_BYTES_PER_SESSION", "unlimited");
    }

    private static List<String> rooms(Venue venue) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var listed = client.send(
                            HttpRequest.newBuilder(URI.create(venue.page("/rooms")))
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();
            return Json.tree(listed).path("rooms").findValuesAsText("id");
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
