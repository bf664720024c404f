package dev.grandstand.protocol.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server for the browser (RTCIceServer, W3C WebRTC 1.0 section 4.2.1).
 *
 * @param urls for instance {@code turn:turn.example.org:3478?transport=udp}
 * @param username for TURN
 * @param credential for TURN
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {

    /** Copies what it is given. */
    public IceServer {
        urls = List.copyOf(urls);
    }
}
