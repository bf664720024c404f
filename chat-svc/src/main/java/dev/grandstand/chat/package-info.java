/** Chat of rooms: what may be said, and the last of what was said. */
@NullMarked
package dev.grandstand.chat;

import org.jspecify.annotations.NullMarked;
