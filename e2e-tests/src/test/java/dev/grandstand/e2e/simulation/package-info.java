/** Fleets that follow audiences in virtual time: the scaling policy as shipped beside others, nothing of Kubernetes. */
@NullMarked
package dev.grandstand.e2e.simulation;

import org.jspecify.annotations.NullMarked;
