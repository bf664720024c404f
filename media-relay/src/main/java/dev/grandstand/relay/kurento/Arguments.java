package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The named parameters of an invocation or of a constructor, read as the type that the operation asks for. Like Kurento,
 * a number where text is asked for is taken as text.
 */
record Arguments(@Nullable ObjectNode values) {

    static final Arguments NONE = new Arguments(null);

    int size() {
        return values == null ? 0 : values.size();
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> wrongType(name, "string"));
    }

    Optional<String> optionalText(String name) {
        return find(name).filter(JsonNode::isValueNode).map(JsonNode::asText);
    }

    boolean flag(String name) {
        return required(name)
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElseThrow(() -> wrongType(name, "boolean"));
    }

    int integer(String name) {
        return required(name)
                .filter(JsonNode::canConvertToInt)
                .map(JsonNode::intValue)
                .orElseThrow(() -> wrongType(name, "integer"));
    }

    ObjectNode object(String name) {
        return optionalObject(name).orElseThrow(() -> wrongType(name, "object"));
    }

    Optional<ObjectNode> optionalObject(String name) {
        return find(name).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    /** The parameter as it is, whatever its type. */
    JsonNode any(String name) {
        return required(name).orElseThrow(() -> wrongType(name, "value"));
    }

    Optional<MediaType> mediaType() {
        return optionalText("mediaType").map(Arguments::toMediaType);
    }

    /** The named media type, or all of them in the order in which Kurento connects them. */
    List<MediaType> mediaTypes() {
        return mediaType().map(List::of).orElse(List.of(MediaType.AUDIO, MediaType.VIDEO, MediaType.DATA));
    }

    MediaType requiredMediaType() {
        return toMediaType(text("mediaType"));
    }

    private static MediaType toMediaType(String text) {
        for (var type : MediaType.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw new Refusal(ErrorKind.MARSHALL_ERROR, "'mediaType' has no value '" + text + "'");
    }

    private Optional<JsonNode> required(String name) {
        if (values == null) {
            throw new Refusal(ErrorKind.MARSHALL_ERROR, "'operationParams' is required");
        }
        return find(name);
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(values).map(v -> v.get(name)).filter(node -> !node.isNull());
    }

    private Refusal wrongType(String name, String type) {
        return values == null
                ? new Refusal(ErrorKind.MARSHALL_ERROR, "'operationParams' is required")
                : new Refusal(ErrorKind.MARSHALL_ERROR, "'" + name + "' parameter should be a " + type);
    }
}
