/** The part of SDP and JSEP that audio and video over WebRTC needs (RFC 8866, 9429). */
@NullMarked
package dev.grandstand.webrtc.sdp;

import org.jspecify.annotations.NullMarked;
