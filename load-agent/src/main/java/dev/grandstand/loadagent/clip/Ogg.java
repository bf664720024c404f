package dev.grandstand.loadagent.clip;

import dev.grandstand.loadagent.clip.Clip.Sound;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The first logical stream of an Ogg file (RFC 3533), which has to be Opus (RFC 7845). */
final class Ogg {

    private static final int NO_STREAM = -1;

    /** A packet goes on in the next segment if this one is full. */
    private static final int FULL = 255;

    private Ogg() {}

    static Clip read(Octets in) throws BadClip {
        var packets = packets(in);
        if (packets.size() < 3 || !startsWith(packets.get(0), "OpusHead") || !startsWith(packets.get(1), "OpusTags")) {
            throw new BadClip("it holds no Opus");
        }
        var sounds = new ArrayList<Sound>();
        for (var packet : packets.subList(2, packets.size())) {
            sounds.add(Opus.sound(packet));
        }
        return Clip.of(List.of(), sounds);
    }

    private static List<byte[]> packets(Octets in) throws BadClip {
        var packets = new ArrayList<byte[]>();
        var packet = new ByteArrayOutputStream();
        long stream = NO_STREAM;
        while (in.left() > 0) {
            if (!new String(in.take(4), StandardCharsets.ISO_8859_1).equals("OggS")) {
                throw new BadClip("a page of it does not begin as one");
            }
            in.skip(10);
            long serial = in.little(4);
            in.skip(8);
            var segments = in.take(in.octet());
            stream = stream == NO_STREAM ? serial : stream;
            for (byte segment : segments) {
                var part = in.take(segment & 0xFF);
                if (serial != stream) {
                    continue;
                }
                packet.writeBytes(part);
                if (part.length < FULL) {
                    packets.add(packet.toByteArray());
                    packet.reset();
                }
            }
        }
        return packets;
    }

    private static boolean startsWith(byte[] packet, String magic) {
        return new Octets(packet).startsWith(magic);
    }
}
