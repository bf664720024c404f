package dev.grandstand.loadagent;

/** Opus packets of a publisher, one after another. One thread. */
interface Sounds {

    /**
     * One packet.
     *
     * @param timestamp in 1/48,000 s (RFC 7587 section 4.1)
     * @param nanos until the next one is due
     */
    record Packet(byte[] payload, int timestamp, long nanos) {}

    Packet next();
}
