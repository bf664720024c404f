/**
 * The allocator in Kubernetes: the media pods are its nodes, a Lease says which allocator is to lead, and the Deployment of the
 * media pods is scaled by it. What it may do there is listed in {@code docs/kubernetes.md}.
 */
@NullMarked
package dev.grandstand.allocator.kubernetes;

import org.jspecify.annotations.NullMarked;
