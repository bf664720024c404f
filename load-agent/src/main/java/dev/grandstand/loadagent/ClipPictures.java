package dev.grandstand.loadagent;

import dev.grandstand.loadagent.clip.Clip;
import java.util.List;

/**
 * A clip's pictures, again and again. Who asks for a keyframe gets the clip's next one at once: what is between is left
 * out, as nobody could make a keyframe of it without an encoder.
 */
final class ClipPictures implements Pictures {

    private static final long NANOS_PER_MILLION_TICKS = 11_111_111_111L;

    private final List<Clip.Picture> pictures;
    private final long length;
    private final Payloads payloads;
    private int next;
    private long played;

    ClipPictures(Clip clip) {
        pictures = clip.pictures();
        length = clip.pictureLength().toNanos();
        payloads = switch (clip.codec()) {
            case VP8 -> new Vp8Payloads(1);
            case H264 -> new H264Payloads();
        };
    }

    @Override
    public Frame next(boolean keyframe, long allowed) {
        while (keyframe && !pictures.get(next).keyframe()) {
            next = (next + 1) % pictures.size();
        }
        var picture = pictures.get(next);
        next = (next + 1) % pictures.size();
        long following = next == 0 ? length : pictures.get(next).at().toNanos();
        long nanos = Math.max(1_000_000, following - picture.at().toNanos());
        int timestamp = (int) (played / 1_000 * 1_000_000_000L / NANOS_PER_MILLION_TICKS);
        played += nanos;
        return new Frame(payloads.of(picture.data()), timestamp, picture.keyframe(), nanos);
    }
}
