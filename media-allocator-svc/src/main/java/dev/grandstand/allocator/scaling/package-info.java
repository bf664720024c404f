/**
 * How many media nodes there are to be, pure: {@link dev.grandstand.allocator.scaling.ScalingPolicy} decides from figures that
 * it is given. No clock, no I/O; {@code docs/scaling.md} says the same for operators.
 */
@NullMarked
package dev.grandstand.allocator.scaling;

import org.jspecify.annotations.NullMarked;
