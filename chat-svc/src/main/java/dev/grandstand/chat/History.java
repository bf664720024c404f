package dev.grandstand.chat;

import dev.grandstand.protocol.chat.ChatMessage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The last messages. Each has a number, one more than the message before; the number tells the slot in which the message is
 * stored, so that the oldest is overwritten by the newest.
 *
 * @param numbered messages by number
 */
record History(PSortedMap<Long, ChatMessage> numbered) {

    /** So many messages are kept. */
    static final int SIZE = 50;

    static final History EMPTY = new History(TreePMap.empty(Comparator.naturalOrder()));

    boolean isEmpty() {
        return numbered.isEmpty();
    }

    /** The number of the message that comes next. */
    long next() {
        return isEmpty() ? 0 : numbered.lastKey() + 1;
    }

    History with(ChatMessage message) {
        var number = next();
        var longer = numbered.plus(number, message);
        // By number, not by how many there are: the new message takes the slot of the one that is SIZE numbers older.
        while (longer.firstKey() <= number - SIZE) {
            longer = longer.minusFirstEntry();
        }
        return new History(longer);
    }

    History numbered(long number, ChatMessage message) {
        return new History(numbered.plus(number, message));
    }

    /** Only what was said after the given time. */
    History after(Instant until) {
        var later = numbered;
        for (var entry : numbered.entrySet()) {
            if (entry.getValue().at() <= until.toEpochMilli()) {
                later = later.minus(entry.getKey());
            }
        }
        return new History(later);
    }

    List<ChatMessage> oldestFirst() {
        return List.copyOf(numbered.values());
    }
}
