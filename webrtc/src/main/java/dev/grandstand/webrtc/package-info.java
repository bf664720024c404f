/**
 * A WebRTC transport for servers and for clients without a browser: ICE over one UDP port, DTLS-SRTP, RTP and RTCP, and
 * the part of SDP that they need. Nothing here decodes media.
 */
@NullMarked
package dev.grandstand.webrtc;

import org.jspecify.annotations.NullMarked;
