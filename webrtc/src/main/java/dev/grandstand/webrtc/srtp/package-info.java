/** Protection of RTP and RTCP (RFC 3711, RFC 7714). */
@NullMarked
package dev.grandstand.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
