package dev.grandstand.loadagent.clip;

import java.util.Arrays;

/** Reads numbers and stretches from an array, and never beyond its end. */
final class Octets {

    private final byte[] b;
    private int at;

    Octets(byte[] b) {
        this.b = b;
    }

    int position() {
        return at;
    }

    void position(int position) {
        at = position;
    }

    int left() {
        return b.length - at;
    }

    boolean startsWith(String magic) {
        for (int i = 0; i < magic.length(); i++) {
            if (i >= b.length || (b[i] & 0xFF) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    int octet() throws BadClip {
        need(1);
        return b[at++] & 0xFF;
    }

    /** Unsigned, the least octet first. */
    long little(int octets) throws BadClip {
        need(octets);
        long number = 0;
        for (int i = octets - 1; i >= 0; i--) {
            number = number << 8 | (b[at + i] & 0xFF);
        }
        at += octets;
        return number;
    }

    /** Unsigned, the greatest octet first. */
    long big(int octets) throws BadClip {
        need(octets);
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | (b[at++] & 0xFF);
        }
        return number;
    }

    byte[] take(long octets) throws BadClip {
        need(octets);
        at += (int) octets;
        return Arrays.copyOfRange(b, at - (int) octets, at);
    }

    void skip(long octets) throws BadClip {
        need(octets);
        at += (int) octets;
    }

    private void need(long octets) throws BadClip {
        if (octets < 0 || octets > left()) {
            throw new BadClip("it ends in the middle");
        }
    }
}
