/**
 * The whole system as on a cluster, on one machine: each service and the broker in a process of its own, which a test may
 * kill, pause and start again.
 */
@NullMarked
package dev.grandstand.e2e.cluster;

import org.jspecify.annotations.NullMarked;
