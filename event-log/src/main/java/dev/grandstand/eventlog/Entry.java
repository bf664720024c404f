package dev.grandstand.eventlog;

import org.jspecify.annotations.Nullable;

/**
 * A record of a compacted topic.
 *
 * @param key its key
 * @param value the newest value, null when the key ended
 * @param <V> the topic's values
 */
public record Entry<V>(String key, @Nullable V value) {}
