package dev.grandstand.loadagent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time at which a generated frame was sent, written into its picture data, so that any viewer tells its delay. It is
 * the wall clock's, which several machines share as well as they keep it.
 */
final class FrameMark {

    static final int LENGTH = 12;

    /** "Gsm" and a version: what an encoder writes there by chance is something else. */
    private static final int MAGIC = 0x47736D01;

    private FrameMark() {}

    /** Microseconds since 1970. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static void write(byte[] b, int at, long micros) {
        for (int i = 0; i < 4; i++) {
            b[at + i] = (byte) (MAGIC >> 24 - 8 * i);
        }
        for (int i = 0; i < 8; i++) {
            b[at + 4 + i] = (byte) (micros >> 56 - 8 * i);
        }
    }

    /** Zero if there is no mark. */
    static long read(byte[] b, int at, int end) {
        if (end - at < LENGTH || number(b, at, 4) != MAGIC) {
            return 0;
        }
        return number(b, at + 4, 8);
    }

    private static long number(byte[] b, int at, int octets) {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | (b[at + i] & 0xFF);
        }
        return number;
    }
}
