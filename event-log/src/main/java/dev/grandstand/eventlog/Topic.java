package dev.grandstand.eventlog;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.Json;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A topic: its name, what its records hold, and what keys them. Nobody else spells a topic's name.
 *
 * @param name as Kafka knows it
 * @param type what a record's value is; JSON on the wire
 * @param key a value's key; records of one key keep their order
 * @param retention how long records stay
 * @param concerns whether a value has to be read, by its bytes; whoever follows the topic passes the others over
 * @param <V> a record's value
 */
public record Topic<V>(
        String name, TypeReference<V> type, Function<V, String> key, Retention retention, Predicate<byte[]> concerns) {

    /** How long records stay. */
    public enum Retention {
        /** A week. */
        LOG,
        /** The newest of each key, for ever; a null value ends the key. */
        COMPACTED,
        /** An hour. */
        SHORT
    }

    /** All of its values have to be read. */
    public Topic(String name, TypeReference<V> type, Function<V, String> key, Retention retention) {
        this(name, type, key, retention, value -> true);
    }

    /** The same topic for whoever needs to read some of its values only. */
    public Topic<V> only(Predicate<byte[]> wanted) {
        return new Topic<>(name, type, key, retention, wanted);
    }

    /** A value as it stands in the topic. */
    public byte[] encode(V value) {
        return Json.encode(value, type);
    }

    /** @throws BadJson if the bytes are no value of this topic */
    public V decode(byte[] bytes) throws BadJson {
        return Json.decode(bytes, type);
    }

    @Override
    public String toString() {
        return name;
    }
}
