/** The event loop and the sockets that all transports of a node share. */
@NullMarked
package dev.grandstand.webrtc.net;

import org.jspecify.annotations.NullMarked;
