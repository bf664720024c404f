/** The whole system at once, watched from real browsers. */
@NullMarked
package dev.grandstand.e2e;

import org.jspecify.annotations.NullMarked;
