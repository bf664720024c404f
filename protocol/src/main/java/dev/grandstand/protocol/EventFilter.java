package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells of an {@link EventRecord}'s JSON whether it may be of certain types, before anybody reads it: whoever wants one event of
 * a hundred need not parse the others. It looks where {@link Json} writes the type, behind three short fields; what is
 * written in another way is let through.
 */
public final class EventFilter implements Predicate<byte[]> {

    private static final byte[] BEFORE_TYPE = "\"event\":{\"type\":\"".getBytes(StandardCharsets.US_ASCII);

    /** Room, command and time are shorter than this. */
    private static final int FARTHEST = 512;

    private final Set<String> unwanted;

    private EventFilter(Set<String> unwanted) {
        this.unwanted = unwanted;
    }

    /** Lets these types of the family through. */
    @SafeVarargs
    public static <E> EventFilter only(Class<E> family, Class<? extends E>... wanted) {
        return new EventFilter(names(family, type -> !List.of(wanted).contains(type)));
    }

    /** Lets all types of the family through but these. */
    @SafeVarargs
    public static <E> EventFilter without(Class<E> family, Class<? extends E>... unwanted) {
        return new EventFilter(names(family, List.of(unwanted)::contains));
    }

    private static Set<String> names(Class<?> family, Predicate<Class<?>> which) {
        return Arrays.stream(family.getAnnotation(JsonSubTypes.class).value())
                .filter(type -> which.test(type.value()))
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it has to be read; a type that is not known here is for its reader to refuse. */
    @Override
    public boolean test(byte[] json) {
        int begin = behindMark(json);
        if (begin < 0) {
            return true;
        }
        int end = begin;
        while (end < json.length && json[end] != '"') {
            end++;
        }
        return !unwanted.contains(new String(json, begin, end - begin, StandardCharsets.UTF_8));
    }

    private static int behindMark(byte[] json) {
        int last = Math.min(json.length, FARTHEST) - BEFORE_TYPE.length;
        for (int at = 0; at <= last; at++) {
            int end = at + BEFORE_TYPE.length;
            if (json[at] == '"' && Arrays.equals(json, at, end, BEFORE_TYPE, 0, BEFORE_TYPE.length)) {
                return end;
            }
        }
        return -1;
    }
}
