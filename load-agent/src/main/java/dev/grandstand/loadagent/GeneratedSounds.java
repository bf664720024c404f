package dev.grandstand.loadagent;

import java.util.Random;

/** Packets that look like Opus of 32 kbit/s to everything but a decoder. */
final class GeneratedSounds implements Sounds {

    private static final int TICKS = 960;
    private static final long NANOS = 20_000_000;
    private static final int OCTETS = 80;

    private final byte[] payload = new byte[OCTETS];
    private int timestamp;

    GeneratedSounds() {
        new Random().nextBytes(payload);
        // Opus, fullband, 20 ms, one frame (RFC 6716 section 3.1).
        payload[0] = (byte) 0xF8;
    }

    @Override
    public Packet next() {
        timestamp += TICKS;
        return new Packet(payload, timestamp, NANOS);
    }
}
