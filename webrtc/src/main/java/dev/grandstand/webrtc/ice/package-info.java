/** Interactive Connectivity Establishment (RFC 8445) with trickling (RFC 8838) and consent (RFC 7675) over shared sockets. */
@NullMarked
package dev.grandstand.webrtc.ice;

import org.jspecify.annotations.NullMarked;
