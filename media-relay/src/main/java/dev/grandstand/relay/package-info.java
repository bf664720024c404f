/** The media relay as a whole: its configuration, its composition, its {@code main}. */
@NullMarked
package dev.grandstand.relay;

import org.jspecify.annotations.NullMarked;
