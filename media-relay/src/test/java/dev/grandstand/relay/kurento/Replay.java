package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.awaitility.Awaitility;

/**
 * Says to a relay what a client said to a Kurento server, line by line, and compares the answers. Ids that the relay gave
 * take the place of the ids that Kurento gave. The relay's clock is set to the time of each line.
 *
 * <p>Long because the lists of what is out of the relay's scope, and of what must be equal, belong in one place with the
 * comparison that they rule.
 */
final class Replay {

    /** Types of objects that the relay does not have; creating one is refused, and so is what follows from it. */
    private static final Set<String> OUT_OF_SCOPE_TYPES =
            Set.of("PlayerEndpoint", "RecorderEndpoint", "Composite", "HubPort", "DispatcherOneToMany");

    /** Descriptions of Kurento's own modules. */
    private static final Set<String> OUT_OF_SCOPE_OPERATIONS = Set.of("getKmd");

    /** Operations of which not only the shape but the value is compared. */
    private static final Set<String> SAME_VALUE = Set.of(
            "getName",
            "getTag",
            "getTags",
            "getMaxVideoRecvBandwidth",
            "getMinVideoRecvBandwidth",
            "getMaxVideoSendBandwidth",
            "getMinVideoSendBandwidth",
            "getMaxAudioRecvBandwidth",
            "getRembParams",
            "getMtu",
            "getEncoderBitrate",
            "getMinEncoderBitrate",
            "getMaxEncoderBitrate",
            "getSourceConnections",
            "getSinkConnections",
            "isMediaTranscoding",
            "getMetadata");

    /** Server side of the recordings: this file restarts the server, these run it with a short collection period. */
    private static final Map<String, Duration> PERIODS =
            Map.of("15b-reconnect-expired", Duration.ofSeconds(10), "18-gc-and-death", Duration.ofSeconds(10));

    interface Relays {
        RunningRelay start(MutableClock clock, Duration period) throws Exception;
    }

    private final String name;
    private final Relays relays;
    private final Duration period;
    private final MutableClock clock = new MutableClock();
    private final Map<Integer, RawClient> clients = new HashMap<>();
    private final List<RawClient> allClients = new ArrayList<>();
    private final IdMap ids = new IdMap();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, List<JsonNode>> eventModels = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();
    private RunningRelay relay;
    private int compared;
    private int refusals;

    Replay(String name, Relays relays) throws Exception {
        this.name = name;
        this.relays = relays;
        this.period = PERIODS.getOrDefault(name, KurentoConfig.DEFAULT_COLLECTION_PERIOD);
        this.relay = relays.start(clock, period);
    }

    record Result(int compared, int refusals, Set<String> eventTypes, List<String> differences) {}

    Result run() throws Exception {
        var lines = read();
        lines.stream().filter(this::isEvent).forEach(line -> eventModels
                .computeIfAbsent(line.at("/msg/params/value/type").textValue(), t -> new ArrayList<>())
                .add(line.get("msg")));
        clock.set(time(lines.getFirst()));
        try {
            for (int i = 0; i < lines.size(); i++) {
                passTime(lines.get(i));
                step(lines.get(i), lines.subList(i + 1, lines.size()));
            }
            return new Result(compared, refusals, compareEvents(), differences);
        } finally {
            for (var client : allClients) {
                client.drop();
            }
            relay.close();
        }
    }

    private List<JsonNode> read() throws Exception {
        var stream =
                Objects.requireNonNull(Replay.class.getResourceAsStream("/kurento-transcripts/" + name + ".jsonl"));
        var lines = new ArrayList<JsonNode>();
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Wire.parse(line));
            }
        }
        return lines;
    }

    private boolean isEvent(JsonNode line) {
        return line.path("dir").asText().equals("s2c") && line.path("msg").has("method");
    }

    private static Instant time(JsonNode line) {
        return Instant.parse(line.get("ts").textValue());
    }

    /** The collector runs once a period, as it does by its timer. */
    private void passTime(JsonNode line) throws Exception {
        var now = time(line);
        while (clock.instant().plus(period).isBefore(now)) {
            clock.advance(period);
            relay.collect();
        }
        if (now.isAfter(clock.instant())) {
            clock.set(now);
        }
    }

    private void step(JsonNode line, List<JsonNode> rest) throws Exception {
        var connection = line.path("conn").asInt();
        switch (line.get("dir").textValue()) {
            case "open" -> open(connection);
            case "close" -> close(connection);
            case "c2s" -> say(connection, line, rest);
            case "note" -> note(line.get("note").textValue());
            default -> {
                // s2c is looked up when its request is sent; "blocked" is the recorder's doing.
            }
        }
    }

    private void open(int connection) throws Exception {
        var client = relay.client();
        clients.put(connection, client);
        allClients.add(client);
    }

    private void close(int connection) throws Exception {
        var client = clients.get(connection);
        if (client != null && !client.isClosed()) {
            var before = relay.connections();
            client.drop();
            Awaitility.await().until(() -> relay.connections() < before);
        }
    }

    private void note(String note) throws Exception {
        if (note.contains("killed and restarted")) {
            relay.close();
            relay = relays.start(clock, period);
        }
    }

    private void say(int connection, JsonNode line, List<JsonNode> rest) throws Exception {
        var client = clients.get(connection);
        if (line.has("raw")) {
            client.tell(line.get("raw").textValue());
            check("invalid JSON", client.closedWith() == 1006, "closed with " + client.closedWith());
            return;
        }
        var request = line.get("msg");
        var model = answerTo(request, connection, rest);
        if (model == null) {
            return;
        }
        var actual = client.ask(ids.map(Wire.print(request)));
        compared++;
        if (outOfScope(request, model)) {
            compareRefusal(request, model, actual);
        } else {
            ids.learn(model, actual);
            compare(request, model, actual);
        }
    }

    /** The next answer on that connection with the request's id, or with none if the request could not be understood. */
    private JsonNode answerTo(JsonNode request, int connection, List<JsonNode> rest) {
        var id = request.path("id");
        return rest.stream()
                .filter(line -> line.path("conn").asInt() == connection)
                .filter(line -> line.get("dir").textValue().equals("s2c") && !isEvent(line))
                .map(line -> line.get("msg"))
                .filter(answer ->
                        answer.get("id").equals(id) || answer.get("id").isNull())
                .findFirst()
                .orElse(null);
    }

    private boolean outOfScope(JsonNode request, JsonNode model) {
        var params = request.path("params");
        return ofAnotherRecording(params, model)
                || OUT_OF_SCOPE_TYPES.contains(params.path("type").asText())
                || OUT_OF_SCOPE_OPERATIONS.contains(params.path("operation").asText())
                || refused.stream().anyMatch(Wire.print(params)::contains);
    }

    /** Some recordings met objects on the server that they had not made. */
    private boolean ofAnotherRecording(JsonNode params, JsonNode model) {
        return model.has("result") && ids.unknown(params.path("object").asText());
    }

    private void compareRefusal(JsonNode request, JsonNode model, JsonNode actual) {
        refusals++;
        var method = request.get("method").textValue();
        var code = actual.at("/error/code").asInt();
        switch (method) {
            case "create" -> {
                check(request, code == 40108 || code == 40101, actual);
                if (model.at("/result/value").isTextual()) {
                    refused.add(model.at("/result/value").textValue());
                }
            }
            case "release" -> check(request, actual.has("result"), actual);
            default -> check(request, code == 40101 || code == 40500, actual);
        }
    }

    private void compare(JsonNode request, JsonNode model, JsonNode actual) {
        if (request.at("/params/operation").asText().equals("getStats")
                && model.at("/result/value").isNull()) {
            return; // The recorded server gave no statistics of a kind that the endpoint does not carry; the relay
            // does.
        }
        Shape.difference(model, actual).ifPresent(difference -> check(request, false, difference + " in " + actual));
        if (model.has("error")) {
            var expected = Wire.text(ids.map(Wire.print(model.get("error")))).textValue();
            check(request, sameError(expected, actual.get("error")), actual + " instead of " + expected);
        }
        if (model.at("/result/value").asText().startsWith("v=0")) {
            var expected = MediaSections.of(model.at("/result/value").textValue());
            var sections = MediaSections.of(actual.at("/result/value").textValue());
            check(request, sections.equals(expected), sections + " instead of " + expected);
        }
        if (SAME_VALUE.contains(request.at("/params/operation").asText())
                || request.path("method").asText().equals("describe")) {
            var expected = ids.map(Wire.print(model));
            check(request, sameTree(expected, actual), actual + " instead of " + expected);
        }
    }

    private static boolean sameError(String expected, JsonNode actual) {
        return actual != null && sameTree(expected, actual);
    }

    private static boolean sameTree(String expected, JsonNode actual) {
        try {
            return Wire.parse(expected).equals(actual);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Every kind of event that the relay sent must look as Kurento's does. */
    private Set<String> compareEvents() {
        var types = new HashSet<String>();
        for (var client : allClients) {
            for (var event : client.events()) {
                var type = event.at("/params/value/type").textValue();
                types.add(type);
                eventModels.getOrDefault(type, List.of()).stream()
                        .findFirst()
                        .flatMap(model -> Shape.difference(model, event))
                        .ifPresent(difference -> check(type, false, difference + " in " + event));
            }
        }
        return types;
    }

    private void check(Object request, boolean condition, Object found) {
        if (!condition) {
            var text = request + "\n     -> " + found;
            differences.add(text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text);
        }
    }
}
