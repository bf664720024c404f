/** DTLS 1.2 handshakes that key SRTP (RFC 5764) between self-signed certificates known by fingerprint (RFC 8122). */
@NullMarked
package dev.grandstand.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
