package dev.grandstand.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the sources say of a record or enum, and of each of its components. */
final class Javadocs {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Braces inside come in pairs. */
    private static final Pattern CODE = Pattern.compile("\\{@code\\s+((?:[^{}]|\\{[^{}]*})*)}");

    private static final Pattern VALUE = Pattern.compile("\\{@value\\s+#(\\w+)}");

    private final Map<Class<?>, String> sources = new HashMap<>();

    /** In one line, without markup; empty if nothing is said. */
    String of(Class<?> type) {
        var block = block(type);
        var tags = block.indexOf("\n@");
        return plain(type, tags < 0 ? block : block.substring(0, tags));
    }

    String of(Class<?> type, String component) {
        var found = Pattern.compile("(?s)\\n@param " + component + " (.*?)(?=\\n@|$)")
                .matcher(block(type));
        return found.find() ? plain(type, found.group(1)) : "";
    }

    private String block(Class<?> type) {
        var source = sources.computeIfAbsent(outermost(type), Javadocs::read);
        var found = Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[A-Z]\\w*(?:\\([^)]*\\))?\\s*)*(?:public )?"
                        + "(?:record|enum) " + type.getSimpleName() + "\\b")
                .matcher(source);
        return found.find() ? found.group(1).replaceAll("(?m)^[ \\t]*\\*? ?", "") : "";
    }

    private static String plain(Class<?> type, String text) {
        var words = VALUE.matcher(text).replaceAll(found -> constant(type, found.group(1)));
        return CODE.matcher(words)
                .replaceAll(found -> Matcher.quoteReplacement("`" + found.group(1) + "`"))
                .replaceAll("\\{@link\\s+(?:[\\w.]*[.#])?(\\w+)(?:\\(\\))?}", "$1")
                .replaceAll("<p>|</?[a-z]+>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String constant(Class<?> type, String name) {
        try {
            var field = type.getDeclaredField(name);
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " has no constant " + name, e);
        }
    }

    private static Class<?> outermost(Class<?> type) {
        var outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        return outer;
    }

    private static String read(Class<?> type) {
        try {
            return Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
