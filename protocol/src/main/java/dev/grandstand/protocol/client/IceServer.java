package dev.grandstand.protocol.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server for the browser (RTCIceServer, W3C WebRTC 1.0 section 4.2.1).
 *
 * @param urls for instance {@code turn:turn.example.org:3478?transport=udp}
 * @param username for TURN; not written if absent, for a browser would take null for a name
 * @param credential for TURN
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {

    /** Copies what it is given. */
    public IceServer {
        urls = List.copyOf(urls);
    }
}
