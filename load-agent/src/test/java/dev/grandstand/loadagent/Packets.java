package dev.grandstand.loadagent;

import dev.grandstand.webrtc.rtp.Rtp;
import java.util.ArrayList;
import java.util.List;

/** RTP packets of generated frames, as they arrive. */
final class Packets {

    private final Vp8Stream stream = new Vp8Stream(PictureShape.SMALL, 7);
    private int sequence;

    Packets(int firstSequence) {
        sequence = firstSequence;
    }

    List<byte[]> frame(boolean keyframe) {
        var packets = new ArrayList<byte[]>();
        var payloads = stream.frame(keyframe);
        for (int i = 0; i < payloads.size(); i++) {
            var payload = payloads.get(i);
            var packet = new byte[Rtp.FIXED_HEADER + payload.length];
            Rtp.writeHeader(
                    packet, 0, false, i == payloads.size() - 1, 96, sequence++ & 0xFFFF, stream.timestamp(), 1234);
            System.arraycopy(payload, 0, packet, Rtp.FIXED_HEADER, payload.length);
            packets.add(packet);
        }
        return packets;
    }
}
