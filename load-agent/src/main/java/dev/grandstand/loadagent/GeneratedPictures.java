package dev.grandstand.loadagent;

/** Generated frames of a shape, smaller while the other side can receive less (REMB). */
final class GeneratedPictures implements Pictures {

    private static final int LEAST_BITRATE = 50_000;

    private final PictureShape wanted;
    private final Vp8Stream stream;

    GeneratedPictures(PictureShape shape) {
        wanted = shape;
        stream = new Vp8Stream(shape, System.nanoTime());
    }

    @Override
    public Frame next(boolean keyframe, long allowed) {
        int bitrate = (int) Math.max(LEAST_BITRATE, Math.min(wanted.bitsPerSecond(), allowed));
        stream.shape(new PictureShape(Math.min(bitrate, wanted.bitsPerSecond()), wanted.framesPerSecond()));
        var payloads = stream.frame(keyframe);
        return new Frame(payloads, stream.timestamp(), keyframe, 1_000_000_000L / wanted.framesPerSecond());
    }
}
