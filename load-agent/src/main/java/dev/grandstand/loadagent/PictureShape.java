package dev.grandstand.loadagent;

/**
 * What a generated picture costs.
 *
 * @param bitsPerSecond of video payload, on average; 20,000 to 20,000,000
 * @param framesPerSecond 1 to 60
 */
public record PictureShape(int bitsPerSecond, int framesPerSecond) {

    /** A talking head, as browsers send it with little light and little bandwidth. */
    public static final PictureShape SMALL = new PictureShape(450_000, 20);

    /** @throws IllegalArgumentException if a value is out of its range */
    public PictureShape {
        if (bitsPerSecond < 20_000 || bitsPerSecond > 20_000_000 || framesPerSecond < 1 || framesPerSecond > 60) {
            throw new IllegalArgumentException("a picture has 20000 to 20000000 bit/s and 1 to 60 frames/s, not "
                    + bitsPerSecond + " and " + framesPerSecond);
        }
    }
}
