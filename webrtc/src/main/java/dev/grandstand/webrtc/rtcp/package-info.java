/** Reading and writing RTCP compound packets (RFC 3550, 4585, 5104). */
@NullMarked
package dev.grandstand.webrtc.rtcp;

import org.jspecify.annotations.NullMarked;
