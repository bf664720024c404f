package dev.grandstand.room;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedSet;
import org.pcollections.TreePSet;

/**
 * Finds people by the beginning of any word of their name. Each name stands here once for each of its first words, from
 * there to its end: {@code Ann Lee} as {@code ann lee} and {@code lee}. Coming, going and finding a page cost O(log n) in
 * a room of n: a page looks at {@link #LOOKS} entries at most, whatever it finds.
 *
 * @param entries sorted by words, then by participant
 */
record NameIndex(PSortedSet<Entry> entries) {

    /** People on a page, at most. */
    static final int PAGE = 50;

    /** A page that has looked at so many entries ends, even if it is short. */
    static final int LOOKS = 400;

    static final NameIndex EMPTY = new NameIndex(TreePSet.empty());

    private static final int WORDS = 4;
    private static final int LONGEST = 64;
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Punct}]+");

    /** A name from one of its words on. */
    record Entry(String words, ParticipantId who) implements Comparable<Entry> {

        private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::words)
                .thenComparing(entry -> entry.who().value());

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }

        PeopleCursor cursor() {
            return new PeopleCursor(words + ' ' + who);
        }

        /** The entry that a cursor stands for; nothing if no page can have given it. */
        static Optional<Entry> of(PeopleCursor cursor) {
            var end = cursor.value().lastIndexOf(' ');
            try {
                return end < 0
                        ? Optional.empty()
                        : Optional.of(new Entry(
                                cursor.value().substring(0, end),
                                new ParticipantId(cursor.value().substring(end + 1))));
            } catch (BadValue e) {
                return Optional.empty();
            }
        }
    }

    /** Those found, and the last entry looked at if there are more behind it. */
    record Page(List<ParticipantId> people, @Nullable Entry last) {}

    NameIndex plus(Participant participant) {
        var more = entries;
        for (var words : keys(participant.name())) {
            more = more.plus(new Entry(words, participant.id()));
        }
        return new NameIndex(more);
    }

    NameIndex minus(Participant participant) {
        var fewer = entries;
        for (var words : keys(participant.name())) {
            fewer = fewer.minus(new Entry(words, participant.id()));
        }
        return new NameIndex(fewer);
    }

    /** @param after the last entry that the page before looked at */
    Page find(String query, Optional<Entry> after, People people) {
        var prefix = cut(folded(query));
        var found = new ArrayList<ParticipantId>();
        Entry last = null;
        var looks = 0;
        for (var entry : from(prefix, after)) {
            if (!entry.words().startsWith(prefix)) {
                break;
            }
            if (looks == LOOKS || found.size() == PAGE) {
                return new Page(found, last);
            }
            looks++;
            last = entry;
            if (isFirstMatch(entry, prefix, people)) {
                found.add(entry.who());
            }
        }
        return new Page(found, null);
    }

    private PSortedSet<Entry> from(String prefix, Optional<Entry> after) {
        return after.filter(entry -> entry.words().compareTo(prefix) >= 0)
                .map(entry -> entries.tailSet(entry, false))
                // Sorts before every participant's entry of the same words.
                .orElseGet(() -> entries.tailSet(new Entry(prefix, new ParticipantId("-")), true));
    }

    /** Two words of a name may match; then it is shown at the one that sorts first. */
    private static boolean isFirstMatch(Entry entry, String prefix, People people) {
        return keys(people.present(entry.who()).guest().participant().name()).stream()
                .noneMatch(words -> words.startsWith(prefix) && words.compareTo(entry.words()) < 0);
    }

    private static List<String> keys(DisplayName name) {
        var text = folded(name.value());
        var keys = new ArrayList<String>(2);
        keys.add(cut(text));
        var between = BETWEEN_WORDS.matcher(text);
        while (keys.size() < WORDS && between.find()) {
            if (between.end() < text.length()) {
                keys.add(cut(text.substring(between.end())));
            }
        }
        return keys;
    }

    /** Without case and accents; a letter may become several (Unicode annex 15), hence the cut. */
    private static String folded(String text) {
        var plain = text.chars().allMatch(letter -> letter < 0x80)
                ? text
                : ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                        .replaceAll("");
        return plain.toLowerCase(Locale.ROOT).strip();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
