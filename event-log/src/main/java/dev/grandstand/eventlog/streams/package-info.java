/**
 * Rooms' state as Kafka Streams: commands in, a pure decider, events out, exactly once. The state is a fold of the
 * events and lives in memory and in a changelog topic, one entry for each of its parts.
 */
@NullMarked
package dev.grandstand.eventlog.streams;

import org.jspecify.annotations.NullMarked;
