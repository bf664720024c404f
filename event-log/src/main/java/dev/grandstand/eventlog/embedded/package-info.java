/** A Kafka broker inside this process, for a laptop and for tests. */
@NullMarked
package dev.grandstand.eventlog.embedded;

import org.jspecify.annotations.NullMarked;
