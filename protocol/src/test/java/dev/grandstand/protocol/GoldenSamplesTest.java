package dev.grandstand.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every type of every family has a sample in golden/, and what the samples say is what the code reads and writes. */
class GoldenSamplesTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private static final Map<String, Class<?>> FAMILIES = Map.of(
            "client", ClientMessage.class,
            "server", ServerMessage.class,
            "room-command", RoomCommand.class,
            "room-event", RoomEvent.class,
            "chat-command", ChatCommand.class,
            "chat-event", ChatEvent.class,
            "media-command", MediaCommand.class,
            "media-event", MediaEvent.class);

    @TestFactory
    Stream<DynamicTest> everySampleReadsAndWritesUnchanged() {
        return types().map(type -> dynamicTest(type.toString(), () -> {
            var sample = type.sample();
            var value = Json.decode(sample, type.family());

            assertThat(value).isInstanceOf(type.type());
            assertThat(PLAIN.readTree(Json.encode(value))).isEqualTo(sample);
        }));
    }

    @TestFactory
    Stream<DynamicTest> unknownFieldsAreTolerated() {
        return types().map(type -> dynamicTest(type.toString(), () -> {
            var sample = type.sample();
            sample.put("fromTheFuture", true);

            assertThat(Json.decode(sample, type.family())).isInstanceOf(type.type());
        }));
    }

    @TestFactory
    Stream<DynamicTest> aMissingFieldIsRefusedByName() {
        return types().flatMap(type -> required(type)
                .map(field -> dynamicTest(type + " without " + field, () -> {
                    var absent = type.sample();
                    absent.remove(field);
                    var isNull = type.sample();
                    isNull.putNull(field);

                    for (var broken : List.of(absent, isNull)) {
                        assertThatThrownBy(() -> Json.decode(broken, type.family()))
                                .isInstanceOfSatisfying(BadJson.class, e -> {
                                    assertThat(e.kind()).isEqualTo(BadJson.Kind.MISSING_FIELD);
                                    assertThat(e.field()).isEqualTo(field);
                                });
                    }
                })));
    }

    @TestFactory
    Stream<DynamicTest> anUnknownTypeIsRefused() {
        return FAMILIES.entrySet().stream()
                .map(family -> dynamicTest(family.getKey(), () -> {
                    var unknown = PLAIN.createObjectNode().put("type", "no-such-type");
                    var untyped = PLAIN.createObjectNode().put("id", 1);

                    assertThatThrownBy(() -> Json.decode(unknown, family.getValue()))
                            .isInstanceOfSatisfying(
                                    BadJson.class, e -> assertThat(e.kind()).isEqualTo(BadJson.Kind.UNKNOWN_TYPE));
                    assertThatThrownBy(() -> Json.decode(untyped, family.getValue()))
                            .isInstanceOfSatisfying(BadJson.class, e -> {
                                assertThat(e.kind()).isEqualTo(BadJson.Kind.MISSING_FIELD);
                                assertThat(e.field()).isEqualTo("type");
                            });
                }));
    }

    private static Stream<Type> types() {
        return FAMILIES.entrySet().stream().flatMap(family -> permitted(family.getValue()).stream()
                .map(type -> new Type(family.getKey(), family.getValue(), wireName(family.getValue(), type), type)));
    }

    private static List<Class<?>> permitted(Class<?> family) {
        var all = new ArrayList<Class<?>>();
        for (var type : family.getPermittedSubclasses()) {
            if (type.isSealed()) {
                all.addAll(permitted(type));
            } else {
                all.add(type);
            }
        }
        return all;
    }

    private static String wireName(Class<?> family, Class<?> type) {
        return Arrays.stream(family.getAnnotation(JsonSubTypes.class).value())
                .filter(subtype -> subtype.value() == type)
                .map(JsonSubTypes.Type::name)
                .findAny()
                .orElseThrow(() -> new AssertionError(type + " has no name on the wire"));
    }

    private static Stream<String> required(Type type) {
        return Arrays.stream(type.type().getRecordComponents())
                .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                .map(RecordComponent::getName);
    }

    private record Type(String folder, Class<?> family, String name, Class<?> type) {

        ObjectNode sample() {
            var path = "/golden/" + folder + "/" + name + ".json";
            try (var in = Objects.requireNonNull(GoldenSamplesTest.class.getResourceAsStream(path), path)) {
                return (ObjectNode) PLAIN.readTree(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return folder + "/" + name;
        }
    }
}
