/** Reading and rewriting RTP packets in place (RFC 3550, 8285, 7741, 6184). */
@NullMarked
package dev.grandstand.webrtc.rtp;

import org.jspecify.annotations.NullMarked;
