/**
 * The relay's media plane: receives RTP from publishers and forwards it to any number of viewers without decoding it.
 * Knows nothing of the Kurento protocol; {@link dev.grandstand.relay.media.MediaEngine} is its entrance.
 */
@NullMarked
package dev.grandstand.relay.media;

import org.jspecify.annotations.NullMarked;
