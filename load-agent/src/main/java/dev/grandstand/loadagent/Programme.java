package dev.grandstand.loadagent;

import dev.grandstand.loadagent.clip.Clip;
import dev.grandstand.protocol.VideoCodec;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher plays, again and again.
 *
 * @param shape of the picture that is generated where there is none in the clip
 * @param clip in place of generated picture and sound, as far as it has them; its pictures keep their own bitrate
 */
public record Programme(PictureShape shape, @Nullable Clip clip) {

    /** Everything generated. */
    public static Programme generated(PictureShape shape) {
        return new Programme(shape, null);
    }

    Pictures pictures() {
        return clip == null || clip.pictures().isEmpty() ? new GeneratedPictures(shape) : new ClipPictures(clip);
    }

    /** How its picture is coded; what is generated is VP8. */
    VideoCodec video() {
        return clip == null || clip.pictures().isEmpty() ? VideoCodec.VP8 : clip.codec();
    }

    Sounds sounds() {
        return clip == null || clip.sounds().isEmpty() ? new GeneratedSounds() : new ClipSounds(clip.sounds());
    }
}
