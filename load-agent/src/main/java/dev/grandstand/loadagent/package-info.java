/** Viewers and publishers without a browser: the real signaling protocol and real WebRTC, but no codec. */
@NullMarked
package dev.grandstand.loadagent;

import org.jspecify.annotations.NullMarked;
