package dev.grandstand.chat;

import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The last messages. Each has a number, one more than the message before; the number tells the slot in which the message is
 * stored, so that the oldest is overwritten by the newest. Numbers are also the cursors by which clients page backwards: a
 * cursor stays right whatever is posted or deleted meanwhile.
 *
 * @param numbered messages by number
 */
record History(PSortedMap<Long, ChatMessage> numbered) {

    /** So many messages are kept. */
    static final int SIZE = 500;

    /** So many are handed out at once. */
    static final int PAGE = 50;

    static final History EMPTY = new History(TreePMap.empty(Comparator.naturalOrder()));

    /**
     * Some messages that follow each other.
     *
     * @param messages at most {@link #PAGE}, oldest first
     * @param before the number that the messages before them are below of; null if there are none
     */
    record Page(List<ChatMessage> messages, @Nullable Long before) {}

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

    History without(MessageId message) {
        return numberOf(message)
                .map(number -> new History(numbered.minus(number)))
                .orElse(this);
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

    Optional<ChatMessage> find(MessageId message) {
        return numberOf(message).map(numbered::get);
    }

    /** Newest first, because it is mostly a recent one that somebody asks for. */
    Optional<Long> numberOf(MessageId message) {
        return numbered.descendingMap().entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(message))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Page lastPage() {
        return page(Long.MAX_VALUE);
    }

    /** The last messages whose numbers are below {@code before}. */
    Page page(long before) {
        var messages = new ArrayDeque<ChatMessage>();
        var oldest = before;
        for (var entry : numbered.headMap(before).descendingMap().entrySet()) {
            if (messages.size() == PAGE) {
                return new Page(List.copyOf(messages), oldest);
            }
            messages.addFirst(entry.getValue());
            oldest = entry.getKey();
        }
        return new Page(List.copyOf(messages), null);
    }
}
