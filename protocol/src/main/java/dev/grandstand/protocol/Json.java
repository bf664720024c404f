package dev.grandstand.protocol;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Records to JSON and back. Every record component is required unless it is {@code @Nullable}; unknown fields are
 * tolerated, so that old and new services understand each other; unknown types and missing fields are refused.
 */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new RequiredUnlessNullable())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** Finding out how a generic type is written and read costs as much as doing it; there are as many as topics. */
    private static final Map<TypeReference<?>, ObjectWriter> WRITERS = new ConcurrentHashMap<>();

    private static final Map<TypeReference<?>, JavaType> TYPES = new ConcurrentHashMap<>();

    private Json() {}

    /** The JSON of a record, in UTF-8. */
    public static byte[] encode(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * The JSON of a generic record, in UTF-8; without its type arguments Jackson would leave the field type out.
     *
     * @param type a constant: it is remembered
     */
    public static <T> byte[] encode(T value, TypeReference<T> type) {
        try {
            return WRITERS.computeIfAbsent(type, MAPPER::writerFor).writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** The JSON of a record. */
    public static String encodeToString(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /** @throws BadJson if it is not JSON, of an unknown type, or a field is missing or bad */
    public static <T> T decode(byte[] json, Class<T> type) throws BadJson {
        return decode(json, MAPPER.constructType(type));
    }

    /**
     * @param type a constant: it is remembered
     * @throws BadJson if it is not JSON, of an unknown type, or a field is missing or bad
     */
    public static <T> T decode(byte[] json, TypeReference<T> type) throws BadJson {
        return decode(json, TYPES.computeIfAbsent(type, MAPPER::constructType));
    }

    /** @throws BadJson if it is not one JSON object */
    public static JsonNode tree(byte[] json) throws BadJson {
        try {
            var tree = MAPPER.readTree(json);
            if (!tree.isObject()) {
                throw new BadJson(BadJson.Kind.NOT_JSON, "a message is one JSON object", null);
            }
            return tree;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** @throws BadJson if the tree is of an unknown type, or a field is missing or bad */
    public static <T> T decode(JsonNode tree, Class<T> type) throws BadJson {
        refuseHalfCharacters(tree, "");
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw refusal(e);
        }
    }

    /**
     * JSON can spell half of a surrogate pair (RFC 8259, section 8.2), UTF-8 cannot: whoever writes it into a topic later
     * would fail.
     */
    private static void refuseHalfCharacters(JsonNode node, String path) throws BadJson {
        if (node.isTextual() && !StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue())) {
            throw new BadJson(BadJson.Kind.BAD_FIELD, "the field " + path + " is bad: it has half a character", path);
        }
        for (var field : node.properties()) {
            refuseHalfCharacters(field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey());
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseHalfCharacters(node.get(i), path + "." + i);
            }
        }
    }

    private static <T> T decode(byte[] json, JavaType type) throws BadJson {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private static BadJson refusal(IOException e) {
        return switch (e) {
            case InvalidTypeIdException bad
            when bad.getTypeId() == null ->
                new BadJson(BadJson.Kind.MISSING_FIELD, "the field type is missing", "type");
            case InvalidTypeIdException bad ->
                new BadJson(BadJson.Kind.UNKNOWN_TYPE, "there is no type " + shortened(bad.getTypeId()), "type");
            case MismatchedInputException bad when RequiredUnlessNullable.isMissing(bad) -> missing(path(bad));
            case JsonMappingException bad -> badField(path(bad), bad);
            case JacksonException bad ->
                new BadJson(BadJson.Kind.NOT_JSON, "not JSON: " + bad.getOriginalMessage(), null);
            default -> new BadJson(BadJson.Kind.NOT_JSON, "not JSON", null);
        };
    }

    /** Enough to be recognised; the sender has the rest. */
    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static BadJson missing(String field) {
        return new BadJson(BadJson.Kind.MISSING_FIELD, "the field " + field + " is missing", field);
    }

    private static BadJson badField(String field, JsonMappingException e) {
        var reason = e.getCause() instanceof BadValue bad ? bad.getMessage() : null;
        if (field.isEmpty()) {
            return reason == null
                    ? new BadJson(BadJson.Kind.NOT_JSON, "a message is one JSON object", null)
                    : new BadJson(BadJson.Kind.BAD_FIELD, "a field is bad: " + reason, null);
        }
        var why = reason == null ? "it has the wrong form" : reason;
        return new BadJson(BadJson.Kind.BAD_FIELD, "the field " + field + " is bad: " + why, field);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .collect(Collectors.joining("."));
    }
}
