/**
 * The door for browsers: client messages become commands, events become server messages, and SDP and ICE go to the media
 * node. It holds sockets and caches, no truth.
 */
@NullMarked
package dev.grandstand.signaling;

import org.jspecify.annotations.NullMarked;
