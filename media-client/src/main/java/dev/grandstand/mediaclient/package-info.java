/** The port to a media node, whatever software it runs. */
@NullMarked
package dev.grandstand.mediaclient;

import org.jspecify.annotations.NullMarked;
