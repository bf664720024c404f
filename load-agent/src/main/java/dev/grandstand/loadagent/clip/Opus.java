package dev.grandstand.loadagent.clip;

import dev.grandstand.loadagent.clip.Clip.Sound;
import java.time.Duration;

/** How long an Opus packet sounds: its first two octets tell (RFC 6716 section 3.1). */
final class Opus {

    private static final int[] SILK_MICROS = {10_000, 20_000, 40_000, 60_000};
    private static final int[] HYBRID_MICROS = {10_000, 20_000};
    private static final int[] CELT_MICROS = {2_500, 5_000, 10_000, 20_000};

    /** RFC 6716 section 3.2.5: longer is no packet. */
    private static final int LIMIT_MICROS = 120_000;

    private Opus() {}

    static Sound sound(byte[] packet) throws BadClip {
        int frame = packet.length == 0 ? 0 : frameMicros((packet[0] & 0xFF) >> 3);
        int count = packet.length == 0 ? 0 : frames(packet);
        if (count == 0 || frame * count > LIMIT_MICROS) {
            throw new BadClip("a packet in it is not Opus");
        }
        return new Sound(packet, Duration.ofNanos(frame * count * 1_000L));
    }

    private static int frameMicros(int configuration) {
        if (configuration < 12) {
            return SILK_MICROS[configuration & 3];
        }
        return configuration < 16 ? HYBRID_MICROS[configuration & 1] : CELT_MICROS[configuration & 3];
    }

    private static int frames(byte[] packet) {
        return switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            // Code 3: the second octet says how many.
            default -> packet.length < 2 ? 0 : packet[1] & 0x3F;
        };
    }
}
