/** How many media nodes there are to be, from what, and why. */
@NullMarked
package dev.grandstand.protocol.scaling;

import org.jspecify.annotations.NullMarked;
