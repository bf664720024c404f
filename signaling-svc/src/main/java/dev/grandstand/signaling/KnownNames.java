package dev.grandstand.signaling;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.Mention;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whom a room's messages can mention: everybody in a small room, and in a large one who presents and who wrote lately. A
 * signaling instance knows people by name already, and chat-svc would have to follow every room to learn it; so mentions are
 * found here, before the message is sent. Beyond {@value #MOST} people, whoever was heard of longest ago is forgotten: an
 * {@code @} with their name is text then.
 */
final class KnownNames {

    static final int MOST = 500;

    private final LinkedHashMap<ParticipantId, Mention> people = new LinkedHashMap<>();
    private final Map<String, Set<Mention>> byName = new HashMap<>();

    void heard(ParticipantId participant, DisplayName name) {
        forget(participant);
        var person = new Mention(participant, name);
        people.put(participant, person);
        byName.computeIfAbsent(folded(name.value()), unknown -> new LinkedHashSet<>())
                .add(person);
        if (people.size() > MOST) {
            forget(people.keySet().iterator().next());
        }
    }

    void renamed(ParticipantId participant, DisplayName name) {
        if (people.containsKey(participant)) {
            heard(participant, name);
        }
    }

    void forget(ParticipantId participant) {
        var person = people.remove(participant);
        if (person != null) {
            byName.computeIfPresent(folded(person.name().value()), (folded, same) -> {
                same.remove(person);
                return same.isEmpty() ? null : same;
            });
        }
    }

    /**
     * Whom a text mentions: after an {@code @} that begins a word, the longest known name that ends a word, in whatever case.
     * Everybody of that name: which of them is meant nobody can tell.
     */
    List<Mention> mentionedIn(String text) {
        var folded = folded(text);
        var found = new LinkedHashSet<Mention>();
        for (int at = folded.indexOf('@'); at >= 0; at = folded.indexOf('@', at + 1)) {
            if (at == 0 || !isWord(folded.charAt(at - 1))) {
                found.addAll(namedAfter(folded, at + 1));
            }
            if (found.size() >= ChatMessage.MAX_MENTIONS) {
                break;
            }
        }
        return found.stream().limit(ChatMessage.MAX_MENTIONS).toList();
    }

    private Set<Mention> namedAfter(String folded, int start) {
        for (int end = Math.min(folded.length(), start + DisplayName.MAX_LENGTH); end > start; end--) {
            var endsAWord = end == folded.length() || !isWord(folded.charAt(end));
            var named = endsAWord ? byName.get(folded.substring(start, end)) : null;
            if (named != null) {
                return named;
            }
        }
        return Set.of();
    }

    private static boolean isWord(char letter) {
        return Character.isLetterOrDigit(letter) || Character.isSurrogate(letter);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
