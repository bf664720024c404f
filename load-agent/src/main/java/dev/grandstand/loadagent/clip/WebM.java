package dev.grandstand.loadagent.clip;

import dev.grandstand.loadagent.clip.Clip.Picture;
import dev.grandstand.loadagent.clip.Clip.Sound;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The VP8 and Opus tracks of a WebM file: EBML (RFC 8794) with the elements of Matroska (RFC 9559) that browsers' recorders
 * and ffmpeg write; no lacing, no encryption.
 */
final class WebM {

    private static final long SEGMENT = 0x18538067;
    private static final long CLUSTER = 0x1F43B675;
    private static final long CLUSTER_TIME = 0xE7;
    private static final long BLOCK_GROUP = 0xA0;
    private static final long BLOCK = 0xA1;
    private static final long SIMPLE_BLOCK = 0xA3;
    private static final long TRACKS = 0x1654AE6B;
    private static final long TRACK = 0xAE;
    private static final long TRACK_NUMBER = 0xD7;
    private static final long CODEC = 0x86;
    private static final long INFO = 0x1549A966;
    private static final long TIME_SCALE = 0x2AD7B1;
    private static final int LACING = 0x06;

    private final Octets in;
    private final Map<Long, String> codecs = new HashMap<>();
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Sound> sounds = new ArrayList<>();
    private long nanosPerTick = 1_000_000;
    private long clusterTime;
    private long trackNumber;
    private long firstPicture = -1;

    private WebM(Octets in) {
        this.in = in;
    }

    static Clip read(Octets in) throws BadClip {
        var file = new WebM(in);
        file.elements();
        if (file.pictures.isEmpty() && file.sounds.isEmpty() && !file.codecs.isEmpty()) {
            throw new BadClip("its tracks are " + file.codecs.values() + ", only V_VP8 and A_OPUS can be played");
        }
        return Clip.of(file.pictures, file.sounds);
    }

    /** Elements that hold others are walked through as if these stood in their place: their sizes need not be known. */
    private void elements() throws BadClip {
        while (in.left() > 0) {
            long id = id();
            long size = size();
            if (id == SEGMENT || id == CLUSTER || id == BLOCK_GROUP || id == TRACKS || id == TRACK || id == INFO) {
                continue;
            }
            if (size < 0) {
                throw new BadClip("an element in it has no size");
            }
            element(id, size);
        }
    }

    private void element(long id, long size) throws BadClip {
        if (id == CLUSTER_TIME) {
            clusterTime = in.big((int) size);
        } else if (id == TIME_SCALE) {
            nanosPerTick = in.big((int) size);
        } else if (id == TRACK_NUMBER) {
            trackNumber = in.big((int) size);
        } else if (id == CODEC) {
            codecs.put(trackNumber, new String(in.take(size), StandardCharsets.US_ASCII));
        } else if (id == SIMPLE_BLOCK || id == BLOCK) {
            block(size);
        } else {
            in.skip(size);
        }
    }

    private void block(long size) throws BadClip {
        int begin = in.position();
        long track = size();
        long time = clusterTime + (short) in.big(2);
        if ((in.octet() & LACING) != 0) {
            throw new BadClip("it is laced, which WebM is not as a rule");
        }
        var data = in.take(size - (in.position() - begin));
        var codec = codecs.getOrDefault(track, "");
        if (codec.equals("V_VP8") && data.length > 0) {
            firstPicture = firstPicture < 0 ? time : firstPicture;
            pictures.add(
                    new Picture(data, Duration.ofNanos((time - firstPicture) * nanosPerTick), Clip.isKeyframe(data)));
        } else if (codec.equals("A_OPUS") && data.length > 0) {
            sounds.add(Opus.sound(data));
        }
    }

    private long id() throws BadClip {
        int first = in.octet();
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 3) {
            throw new BadClip("an element in it does not begin as one");
        }
        long rest = in.big(more);
        return (long) first << 8 * more | rest;
    }

    /** Negative if it is not known, as in what is written live. */
    private long size() throws BadClip {
        int first = in.octet();
        int more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 7) {
            throw new BadClip("an element in it is too long");
        }
        long number = (long) (first & 0x7F >> more) << 8 * more | in.big(more);
        return number == (1L << 7 * (more + 1)) - 1 ? -1 : number;
    }
}
