package dev.grandstand.loadagent;

import java.util.List;

/** Splits frames into RTP payloads, as a codec's payload format has it. */
interface Payloads {

    /** Largest payload: what browsers send, so that a packet fits wherever they fit. */
    int LIMIT = 1_150;

    /** One frame's, in order; the last one wants the marker. */
    List<byte[]> of(byte[] frame);
}
