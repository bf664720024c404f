package dev.grandstand.loadagent;

import dev.grandstand.webrtc.rtp.H264;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits access units of H.264 into RTP payloads (RFC 6184, packetization mode 1): parameter sets together in a STAP-A
 * (section 5.7.1), what fits as it is (5.6), what does not in FU-As (5.8). A keyframe without parameter sets gets the last ones:
 * whoever comes late begins with it. One thread.
 */
final class H264Payloads implements Payloads {

    private static final int FU_HEADER = 2;
    private static final int ACCESS_UNIT_DELIMITER = 9;
    private static final int FILLER = 12;

    private byte[] sps = {};
    private byte[] pps = {};

    @Override
    public List<byte[]> of(byte[] accessUnit) {
        var slices = new ArrayList<H264.Unit>();
        boolean parameters = false;
        for (var unit : H264.units(accessUnit, 0, accessUnit.length)) {
            if (unit.type() == H264.SPS) {
                sps = copy(accessUnit, unit);
                parameters = true;
            } else if (unit.type() == H264.PPS) {
                pps = copy(accessUnit, unit);
            } else if (unit.type() < ACCESS_UNIT_DELIMITER || unit.type() > FILLER) {
                slices.add(unit);
            }
        }
        var made = new ArrayList<byte[]>();
        if ((parameters || slices.stream().anyMatch(unit -> unit.type() == H264.IDR)) && sps.length > 0) {
            made.add(aggregate(sps, pps));
        }
        slices.forEach(unit -> add(made, accessUnit, unit));
        return made;
    }

    private static byte[] copy(byte[] b, H264.Unit unit) {
        return Arrays.copyOfRange(b, unit.offset(), unit.offset() + unit.length());
    }

    private static byte[] aggregate(byte[]... units) {
        var out = new ByteArrayOutputStream();
        // Forbidden bit 0, the importance of parameter sets, and the type.
        out.write(0x60 | H264.STAP_A);
        for (var unit : units) {
            out.write(unit.length >> 8);
            out.write(unit.length);
            out.writeBytes(unit);
        }
        return out.toByteArray();
    }

    private static void add(List<byte[]> made, byte[] b, H264.Unit unit) {
        if (unit.length() <= LIMIT) {
            made.add(copy(b, unit));
            return;
        }
        int header = b[unit.offset()];
        int body = unit.length() - 1;
        int count = Math.ceilDiv(body, LIMIT - FU_HEADER);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) body * i / count);
            int to = (int) ((long) body * (i + 1) / count);
            var payload = new byte[FU_HEADER + to - from];
            System.arraycopy(b, unit.offset() + 1 + from, payload, FU_HEADER, to - from);
            payload[0] = (byte) (header & 0xE0 | H264.FU_A);
            payload[1] = (byte) ((i == 0 ? 0x80 : 0) | (i == count - 1 ? 0x40 : 0) | header & 0x1F);
            made.add(payload);
        }
    }
}
