/** Kafka as the services see it: typed topics, a producer whose success means durable, and consumers on a verticle's context. */
@NullMarked
package dev.grandstand.eventlog;

import org.jspecify.annotations.NullMarked;
