package dev.grandstand.loadagent.clip;

import dev.grandstand.loadagent.clip.Clip.Picture;
import dev.grandstand.protocol.VideoCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** IVF: a header of 32 octets, then frames with their sizes and times, as libvpx writes it. */
final class Ivf {

    private static final int HEADER = 32;
    private static final double NANOS = 1e9;

    private Ivf() {}

    static Clip read(Octets in) throws BadClip {
        in.skip(6);
        int header = (int) in.little(2);
        var codec = new String(in.take(4), StandardCharsets.US_ASCII);
        var video =
                switch (codec) {
                    case "VP80" -> VideoCodec.VP8;
                    case "H264" -> VideoCodec.H264;
                    default ->
                        throw new BadClip(
                                "its codec is " + codec.strip() + ", only VP8 (VP80) and H.264 (H264) can be played");
                };
        in.skip(4);
        long rate = in.little(4);
        long scale = in.little(4);
        if (rate == 0 || scale == 0 || header < HEADER) {
            throw new BadClip("its header makes no sense");
        }
        in.position(0);
        in.skip(header);
        var pictures = new ArrayList<Picture>();
        long first = -1;
        while (in.left() > 0) {
            long size = in.little(4);
            long time = in.little(8);
            first = first < 0 ? time : first;
            var data = in.take(size);
            if (data.length > 0) {
                var at = Duration.ofNanos((long) ((time - first) * NANOS * scale / rate));
                pictures.add(new Picture(data, at, isKeyframe(video, data)));
            }
        }
        return Clip.of(video, pictures, List.of());
    }

    private static boolean isKeyframe(VideoCodec video, byte[] data) throws BadClip {
        return switch (video) {
            case VP8 -> Clip.isKeyframe(data);
            case H264 -> ByteStream.isKeyframe(data);
        };
    }
}
