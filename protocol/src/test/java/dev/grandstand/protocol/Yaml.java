package dev.grandstand.protocol;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists and values as YAML 1.2, texts in the quotes of JSON unless they are plain words. */
final class Yaml {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z-]*");
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9-]*|\\$ref");
    private static final Pattern WORD_OF_YAML = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private final StringBuilder out = new StringBuilder();

    private Yaml() {}

    static String of(Map<String, Object> document) {
        var yaml = new Yaml();
        yaml.map(document, 0);
        return yaml.out.toString();
    }

    private void map(Map<?, ?> map, int indent) {
        // Maps without an order of their own get one.
        var entries = map instanceof LinkedHashMap || map instanceof TreeMap ? map : new TreeMap<>(map);
        entries.forEach((key, value) -> {
            out.append(" ".repeat(indent)).append(key(String.valueOf(key))).append(':');
            value(value, indent);
        });
    }

    private void value(@Nullable Object value, int indent) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> out.append(" {}\n");
            case Collection<?> list when list.isEmpty() -> out.append(" []\n");
            case Map<?, ?> map -> {
                out.append('\n');
                map(map, indent + 2);
            }
            case Collection<?> list -> {
                out.append('\n');
                list.forEach(one -> {
                    out.append(" ".repeat(indent + 2)).append('-');
                    value(one, indent + 2);
                });
            }
            case String text -> out.append(' ').append(text(text)).append('\n');
            case null -> out.append(" null\n");
            default -> out.append(' ').append(value).append('\n');
        }
    }

    private static String key(String key) {
        return KEY.matcher(key).matches() && !WORD_OF_YAML.matcher(key).matches() ? key : Json.encodeToString(key);
    }

    private static String text(String text) {
        return PLAIN.matcher(text).matches() && !WORD_OF_YAML.matcher(text).matches()
                ? text
                : Json.encodeToString(text);
    }
}
