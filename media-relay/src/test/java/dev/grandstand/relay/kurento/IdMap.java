package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which id the relay gave where Kurento gave another. */
final class IdMap {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Map<String, String> ours = new HashMap<>();

    /** Takes the ids at the same places of two answers for each other; lists only if they are of one length. */
    void learn(JsonNode theirs, JsonNode actual) {
        if (theirs.isTextual() && actual.isTextual()) {
            pair(idsIn(theirs.textValue()), idsIn(actual.textValue()));
        } else if (theirs.isArray() && theirs.size() == actual.size()) {
            for (int i = 0; i < theirs.size(); i++) {
                learn(theirs.get(i), actual.get(i));
            }
        } else if (theirs.isObject()) {
            theirs.properties().stream()
                    .filter(field -> actual.has(field.getKey()))
                    .forEach(field -> learn(field.getValue(), actual.get(field.getKey())));
        }
    }

    private void pair(List<String> theirs, List<String> actual) {
        if (theirs.size() == actual.size()) {
            for (int i = 0; i < theirs.size(); i++) {
                ours.putIfAbsent(theirs.get(i), actual.get(i));
            }
        }
    }

    private static List<String> idsIn(String text) {
        return UUID.matcher(text).results().map(MatchResult::group).toList();
    }

    /** The text with our ids for theirs. */
    String map(String text) {
        return UUID.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(ours.getOrDefault(match.group(), match.group())));
    }

    /** Whether the text starts with an id of theirs for which we never gave one. */
    boolean unknown(String text) {
        var ids = idsIn(text);
        return !ids.isEmpty() && !ours.containsKey(ids.getFirst());
    }
}
