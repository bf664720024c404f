/**
 * What surrounds the allocator, as it sees it: which media nodes there are, and which of several allocators is to lead. The
 * configuration tells, or Kubernetes.
 */
@NullMarked
package dev.grandstand.allocator.cluster;

import org.jspecify.annotations.NullMarked;
