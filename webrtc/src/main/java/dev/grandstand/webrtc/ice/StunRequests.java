package dev.grandstand.webrtc.ice;

import java.util.Optional;

/** Finds out for whom the first check from an unknown address is. */
public final class StunRequests {

    private StunRequests() {}

    /** The user name fragment of the agent to which a Binding request is addressed (RFC 8445 section 7.2.2). */
    public static Optional<String> addressedUfrag(byte[] buffer, int offset, int length) {
        if (length < 20 || buffer[offset] != 0 || buffer[offset + 1] != 1) {
            return Optional.empty();
        }
        return StunMessage.parse(buffer, offset, length)
                .flatMap(StunMessage::username)
                .map(name -> name.substring(0, Math.max(0, name.indexOf(':'))));
    }
}
