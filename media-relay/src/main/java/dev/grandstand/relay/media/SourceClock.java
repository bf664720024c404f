package dev.grandstand.relay.media;

import dev.grandstand.webrtc.rtcp.NtpTime;
import java.time.Instant;

/**
 * Translates a publisher's wall clock into ours. Both of its tracks share one translation, so that viewers can keep sound
 * and picture together, while streams of different publishers that meet at one viewer are told in one clock.
 */
final class SourceClock {

    private boolean known;
    private long difference;

    long toOurs(long theirNtp) {
        if (!known) {
            known = true;
            difference = NtpTime.of(Instant.now()) - theirNtp;
        }
        return theirNtp + difference;
    }
}
