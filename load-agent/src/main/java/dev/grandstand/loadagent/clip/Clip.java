package dev.grandstand.loadagent.clip;

import dev.grandstand.protocol.VideoCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A recording, whole in memory: pictures, Opus packets, or both.
 *
 * @param codec of the pictures
 * @param pictures in their order; empty, or a keyframe comes first
 * @param sounds in their order
 * @param pictureLength from the first picture to the end of the last
 */
public record Clip(VideoCodec codec, List<Picture> pictures, List<Sound> sounds, Duration pictureLength) {

    /** Larger files would need reading while playing. */
    private static final long SIZE_LIMIT = 256L << 20;

    /**
     * One frame.
     *
     * @param data VP8 (RFC 6386), or an access unit of H.264 as a byte stream (ITU-T H.264 annex B)
     * @param at since the first
     */
    public record Picture(byte[] data, Duration at, boolean keyframe) {}

    /**
     * One Opus packet (RFC 6716).
     *
     * @param length of what it sounds
     */
    public record Sound(byte[] data, Duration length) {}

    public Clip {
        pictures = List.copyOf(pictures);
        sounds = List.copyOf(sounds);
    }

    /**
     * Reads an IVF file with VP8 or H.264, a file of H.264 as a bare byte stream, an Ogg file with Opus, or a WebM file
     * with VP8, Opus or both.
     *
     * @param framesPerSecond of a bare byte stream, which does not tell
     * @throws BadClip if it is none of these, is damaged, holds other codecs, or is larger than 256 MiB
     * @throws IOException if it cannot be read
     */
    public static Clip read(Path file, int framesPerSecond) throws BadClip, IOException {
        byte[] content;
        try {
            if (Files.size(file) > SIZE_LIMIT) {
                throw new BadClip(file + " is larger than 256 MiB");
            }
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file + " is not there");
        }
        try {
            return parse(content, framesPerSecond);
        } catch (BadClip e) {
            throw new BadClip(file + ": " + e.getMessage());
        }
    }

    private static Clip parse(byte[] content, int framesPerSecond) throws BadClip {
        var reader = new Octets(content);
        if (reader.startsWith("DKIF")) {
            return Ivf.read(reader);
        } else if (reader.startsWith("OggS")) {
            return Ogg.read(reader);
        } else if (reader.startsWith("\u001AE\u00DF\u00A3")) {
            return WebM.read(reader);
        }
        if (ByteStream.isOne(content)) {
            return ByteStream.read(content, framesPerSecond);
        }
        throw new BadClip("neither IVF nor H.264 nor Ogg nor WebM");
    }

    /** @throws BadClip if pictures do not begin with a keyframe, or there is nothing at all */
    static Clip of(List<Picture> pictures, List<Sound> sounds) throws BadClip {
        return of(VideoCodec.VP8, pictures, sounds);
    }

    /** Likewise, with pictures of a codec. */
    static Clip of(VideoCodec codec, List<Picture> pictures, List<Sound> sounds) throws BadClip {
        if (pictures.isEmpty() && sounds.isEmpty()) {
            throw new BadClip("nothing in it that can be played");
        }
        if (!pictures.isEmpty() && !pictures.getFirst().keyframe()) {
            throw new BadClip("its pictures do not begin with a keyframe");
        }
        return new Clip(codec, pictures, sounds, length(pictures));
    }

    /** The last picture lasts as long as the average one. */
    private static Duration length(List<Picture> pictures) {
        if (pictures.size() < 2) {
            return Duration.ofSeconds(1);
        }
        var untilLast = pictures.getLast().at();
        return untilLast.plus(untilLast.dividedBy(pictures.size() - 1));
    }

    /** RFC 6386 section 9.1: the first bit of a frame is 0 in keyframes. */
    static boolean isKeyframe(byte[] vp8) {
        return vp8.length > 0 && (vp8[0] & 1) == 0;
    }
}
