/** Recorded pictures and sound, read from files that browsers and encoders write. */
@NullMarked
package dev.grandstand.loadagent.clip;

import org.jspecify.annotations.NullMarked;
