package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Compares the shape of two JSON values: the same keys with values of the same JSON type. Lists may have different lengths;
 * each element must look like one of the model's. An object whose keys are ids is compared by the types of its values.
 */
final class Shape {

    private Shape() {}

    /** What is different, if anything. */
    static Optional<String> difference(JsonNode model, JsonNode actual) {
        return difference("", model, actual);
    }

    private static Optional<String> difference(String at, JsonNode model, JsonNode actual) {
        if (model.getNodeType() != actual.getNodeType()) {
            return Optional.of(at + ": " + actual.getNodeType() + " instead of " + model.getNodeType());
        }
        if (model.isArray()) {
            return arrays(at, model, actual);
        }
        return model.isObject() ? objects(at, model, actual) : Optional.empty();
    }

    private static Optional<String> arrays(String at, JsonNode model, JsonNode actual) {
        if (model.isEmpty()) {
            return Optional.empty();
        }
        for (var element : actual) {
            if (children(model).stream()
                    .allMatch(m -> difference(at + "[]", m, element).isPresent())) {
                return difference(at + "[]", model.get(0), element);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> objects(String at, JsonNode model, JsonNode actual) {
        if (keyedByIds(model)) {
            return structsByType(at, model, actual);
        }
        var modelKeys = new HashSet<String>();
        var actualKeys = new HashSet<String>();
        model.fieldNames().forEachRemaining(modelKeys::add);
        actual.fieldNames().forEachRemaining(actualKeys::add);
        if (!modelKeys.equals(actualKeys)) {
            return Optional.of(at + ": keys " + actualKeys + " instead of " + modelKeys);
        }
        return modelKeys.stream()
                .map(key -> difference(at + "/" + key, model.get(key), actual.get(key)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static boolean keyedByIds(JsonNode node) {
        return !node.isEmpty() && children(node).stream().allMatch(child -> child.has("__type__"));
    }

    private static Optional<String> structsByType(String at, JsonNode model, JsonNode actual) {
        for (var struct : actual) {
            var type = struct.path("__type__");
            var difference = children(model).stream()
                    .filter(m -> m.get("__type__").equals(type))
                    .findFirst()
                    .flatMap(m -> difference(at + "{" + type + "}", m, struct));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static List<JsonNode> children(JsonNode node) {
        var list = new ArrayList<JsonNode>();
        node.forEach(list::add);
        return list;
    }
}
