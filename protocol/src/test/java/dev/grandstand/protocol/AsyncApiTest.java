package dev.grandstand.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ServerMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/asyncapi.yaml} is made from the message types, their Javadoc and their golden samples, and so says what the
 * code does. After a change of these, {@code -Dgrandstand.write=true} writes it anew.
 */
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "asyncapi.yaml");
    private static final ObjectMapper PLAIN = new ObjectMapper();

    private final Javadocs docs = new Javadocs();
    private final Schemas schemas = new Schemas(docs);
    private final Map<String, Object> messages = new LinkedHashMap<>();

    @Test
    void theDocumentSaysWhatTheCodeDoes() throws Exception {
        var made = Yaml.of(document());

        if (Boolean.getBoolean("grandstand.write")) {
            Files.writeString(DOCUMENT, made);
        }

        assertThat(Files.readString(DOCUMENT)).isEqualTo(made);
    }

    @Test
    void everyMessageIsDescribedInWords() throws Exception {
        document();

        assertThat(messages).isNotEmpty().allSatisfy((name, message) -> assertThat((Map<?, ?>) message)
                .as(name)
                .extracting("summary")
                .asString()
                .isNotEmpty());
    }

    private Map<String, Object> document() throws IOException {
        var fromClient = add("client", ClientMessage.class);
        var toClient = add("server", ServerMessage.class);
        return ordered(
                "asyncapi", "3.0.0",
                "info",
                        ordered(
                                "title",
                                "Grandstand, for clients",
                                "version",
                                "1",
                                "description",
                                "What clients and signaling-svc say to each other over one WebSocket: one JSON object a"
                                        + " text frame. Unknown fields are tolerated. A request's `id` comes back in"
                                        + " its reply or in an `error`. docs/protocol.md says when which message comes."
                                        + " Made from the sources by AsyncApiTest.",
                                "license",
                                ordered("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0")),
                "servers",
                        ordered(
                                "laptop",
                                ordered("host", "localhost:8080", "protocol", "ws", "description", "./grandstand run")),
                "channels",
                        ordered(
                                "socket",
                                ordered(
                                        "address",
                                        "/ws",
                                        "messages",
                                        refs(messages.keySet().stream().toList(), "#/components/messages/"))),
                "operations",
                        ordered(
                                "heard", operation("receive", "What a client says.", fromClient),
                                "said", operation("send", "What a client is told.", toClient)),
                "components", ordered("messages", messages, "schemas", schemas.shared()));
    }

    private List<String> add(String folder, Class<?> family) throws IOException {
        var types = family.getAnnotation(JsonSubTypes.class).value();
        for (var type : types) {
            messages.put(
                    folder + "-" + type.name(),
                    ordered(
                            "name",
                            type.name(),
                            "summary",
                            docs.of(type.value()),
                            "payload",
                            schemas.message(type.value(), type.name()),
                            "examples",
                            List.of(Map.of("payload", sample(folder, type.name())))));
        }
        return Arrays.stream(types).map(type -> folder + "-" + type.name()).toList();
    }

    private static Map<String, Object> operation(String action, String summary, List<String> names) {
        return ordered(
                "action",
                action,
                "summary",
                summary,
                "channel",
                Map.of("$ref", "#/channels/socket"),
                "messages",
                names.stream()
                        .map(name -> Map.of("$ref", "#/channels/socket/messages/" + name))
                        .toList());
    }

    private static Map<String, Object> refs(List<String> names, String home) {
        var refs = new LinkedHashMap<String, Object>();
        names.forEach(name -> refs.put(name, Map.of("$ref", home + name)));
        return refs;
    }

    private static Object sample(String folder, String type) throws IOException {
        var path = "/golden/" + folder + "/" + type + ".json";
        try (var in = Objects.requireNonNull(AsyncApiTest.class.getResourceAsStream(path), path)) {
            return PLAIN.readValue(in, LinkedHashMap.class);
        }
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
