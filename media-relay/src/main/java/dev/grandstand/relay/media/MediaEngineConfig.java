package dev.grandstand.relay.media;

/**
 * What an engine needs to know at its start.
 *
 * @param udpPort port that all endpoints share; 0 takes a free one
 * @param sessionName {@code s=} line of every local description (RFC 8866 section 5.3)
 */
public record MediaEngineConfig(int udpPort, String sessionName) {

    public MediaEngineConfig {
        if (udpPort < 0 || udpPort > 65_535) {
            throw new IllegalArgumentException("udpPort out of range: " + udpPort);
        }
        if (sessionName.isBlank() || sessionName.indexOf('\r') >= 0 || sessionName.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("sessionName must be one non-blank line");
        }
    }

    /** A free port and our own session name. */
    public static MediaEngineConfig defaults() {
        return new MediaEngineConfig(0, "Grandstand Media Relay");
    }
}
