/** Vocabulary that every service shares: typed ids and the values that commands, events and client messages carry. */
@NullMarked
package dev.grandstand.protocol;

import org.jspecify.annotations.NullMarked;
