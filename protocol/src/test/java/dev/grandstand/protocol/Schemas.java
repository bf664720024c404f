package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The JSON schemas of records, made from the records themselves. */
final class Schemas {

    private static final String HOME = "#/components/schemas/";

    /** A regular expression, as the Javadoc of a value says its form. */
    private static final Pattern FORM = Pattern.compile("`(\\[[^`]*)`");

    private final Javadocs docs;
    private final Map<String, Object> shared = new TreeMap<>();
    private final Map<String, Class<?>> names = new TreeMap<>();

    Schemas(Javadocs docs) {
        this.docs = docs;
    }

    /** All that the others refer to. */
    Map<String, Object> shared() {
        return shared;
    }

    /** @param type the value of the field {@code type} */
    Map<String, Object> message(Class<?> record, String type) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("type", Map.of("const", type));
        var required = new ArrayList<>(List.of("type"));
        components(record, properties, required);
        return object(properties, required);
    }

    private void components(Class<?> record, Map<String, Object> properties, List<String> required) {
        for (var component : record.getRecordComponents()) {
            properties.put(
                    component.getName(),
                    described(schema(component.getGenericType()), docs.of(record, component.getName())));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> described(Map<String, Object> schema, String words) {
        var described = new LinkedHashMap<>(schema);
        if (!words.isEmpty()) {
            described.put("description", words);
        }
        return described;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return typed("array", "items", schema(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            var keys = schema(generic.getActualTypeArguments()[0]);
            var values = schema(generic.getActualTypeArguments()[1]);
            var map = typed("object", "propertyNames", keys);
            map.put("additionalProperties", values);
            return map;
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return Map.of("type", "integer");
        }
        if (type == Instant.class) {
            return typed("string", "format", "date-time");
        }
        if (type == URI.class) {
            return typed("string", "format", "uri");
        }
        if (type instanceof Class<?> own && (own.isRecord() || own.isEnum())) {
            return Map.of("$ref", HOME + share(own));
        }
        throw new AssertionError("no schema for " + type);
    }

    /** In this order, so that the document is the same each time. */
    private static Map<String, Object> typed(String type, String key, Object value) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", type);
        schema.put(key, value);
        return schema;
    }

    private String share(Class<?> own) {
        var name = own.getSimpleName();
        var before = names.putIfAbsent(name, own);
        if (before != null && before != own) {
            throw new AssertionError("two types of one name: " + before + ", " + own);
        }
        if (before == null) {
            shared.put(name, described(own.isEnum() ? enumerated(own) : record(own), docs.of(own)));
        }
        return name;
    }

    private Map<String, Object> record(Class<?> own) {
        var components = own.getRecordComponents();
        if (components.length == 1 && isValue(own, components[0])) {
            var value = new LinkedHashMap<>(schema(components[0].getGenericType()));
            var form = FORM.matcher(docs.of(own, components[0].getName()));
            if (form.lookingAt()) {
                value.put("pattern", "^" + form.group(1) + "$");
            }
            return value;
        }
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        components(own, properties, required);
        return object(properties, required);
    }

    /** Javac hands the annotation on to the accessor, where Jackson finds it. */
    private static boolean isValue(Class<?> own, RecordComponent component) {
        return List.<AnnotatedElement>of(component, component.getAccessor()).stream()
                .anyMatch(place -> place.isAnnotationPresent(JsonValue.class));
    }

    private static Map<String, Object> enumerated(Class<?> own) {
        var values = Arrays.stream(own.getEnumConstants())
                .map(constant -> Json.encodeToString(constant).replace("\"", ""))
                .toList();
        return Map.of("enum", values);
    }
}
