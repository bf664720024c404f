/** The whole system in one process: an embedded Kafka, a relay, and every service on its own port as in a cluster. */
@NullMarked
package dev.grandstand.allinone;

import org.jspecify.annotations.NullMarked;
