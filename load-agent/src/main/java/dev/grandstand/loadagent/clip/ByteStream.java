package dev.grandstand.loadagent.clip;

import dev.grandstand.loadagent.clip.Clip.Picture;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.webrtc.rtp.H264;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * H.264 as a byte stream (ITU-T H.264 annex B): NAL units behind start codes. Only constrained baseline is taken, which is
 * what rooms agree on; it has no pictures that are shown in another order than they are sent.
 */
final class ByteStream {

    private static final int NANOS = 1_000_000_000;

    private ByteStream() {}

    /** Whether it begins as one. */
    static boolean isOne(byte[] content) {
        return content.length > 4
                && content[0] == 0
                && content[1] == 0
                && (content[2] == 1 || content[2] == 0 && content[3] == 1);
    }

    static Clip read(byte[] content, int framesPerSecond) throws BadClip {
        var pictures = new ArrayList<Picture>();
        for (var unit : accessUnits(content)) {
            var at = Duration.ofNanos((long) pictures.size() * NANOS / framesPerSecond);
            pictures.add(new Picture(unit, at, isKeyframe(unit)));
        }
        return Clip.of(VideoCodec.H264, pictures, List.of());
    }

    /** Each with its start codes (section 7.4.1.2.3: what may only stand before a picture's first slice begins another). */
    private static List<byte[]> accessUnits(byte[] content) {
        var units = new ArrayList<byte[]>();
        int from = 0;
        boolean slices = false;
        for (var nal : H264.units(content, 0, content.length)) {
            boolean slice = H264.isSlice(nal.type());
            boolean begins = slice ? nal.length() > 1 && (content[nal.offset() + 1] & 0x80) != 0 : nal.type() <= 9;
            if (slices && begins) {
                int start = startCode(content, nal.offset());
                units.add(Arrays.copyOfRange(content, from, start));
                from = start;
                slices = false;
            }
            slices |= slice;
        }
        if (slices) {
            units.add(Arrays.copyOfRange(content, from, content.length));
        }
        return units;
    }

    private static int startCode(byte[] content, int nal) {
        return nal > 3 && content[nal - 4] == 0 ? nal - 4 : nal - 3;
    }

    /** @throws BadClip if its parameter set is of a profile that rooms do not agree on */
    static boolean isKeyframe(byte[] accessUnit) throws BadClip {
        boolean keyframe = false;
        for (var nal : H264.units(accessUnit, 0, accessUnit.length)) {
            if (nal.type() == H264.SPS && nal.length() > 3) {
                int profile = accessUnit[nal.offset() + 1] & 0xFF;
                int constraints = accessUnit[nal.offset() + 2] & 0xFF;
                if (profile != 66 || (constraints & 0x40) == 0) {
                    throw new BadClip("its H.264 profile is " + profile + ", only constrained baseline can be played");
                }
            }
            keyframe |= nal.type() == H264.IDR;
        }
        return keyframe;
    }
}
