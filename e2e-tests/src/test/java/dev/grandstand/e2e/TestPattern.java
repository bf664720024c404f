package dev.grandstand.e2e;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a presenter's camera sees: a field of one colour, and a white bar that walks across it once in two seconds. Written
 * as YUV4MPEG2, which Chromium plays in a loop as a camera.
 *
 * @param colour of the field, which tells whose picture it is
 * @param framesPerSecond how often the bar moves
 */
record TestPattern(Colour colour, int framesPerSecond) {

    static final int WIDTH = 320;
    static final int HEIGHT = 180;

    private static final int SECONDS = 2;
    private static final int BAR_WIDTH = 32;

    void writeTo(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        int frames = SECONDS * framesPerSecond;
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(ascii("YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n".formatted(WIDTH, HEIGHT, framesPerSecond)));
            for (int frame = 0; frame < frames; frame++) {
                out.write(ascii("FRAME\n"));
                var barFrom = frame * (WIDTH - BAR_WIDTH) / frames & ~1;
                plane(out, WIDTH, HEIGHT, colour.luma(), barFrom, BAR_WIDTH, Colour.WHITE.luma());
                plane(out, WIDTH / 2, HEIGHT / 2, colour.chromaBlue(), barFrom / 2, BAR_WIDTH / 2, 128);
                plane(out, WIDTH / 2, HEIGHT / 2, colour.chromaRed(), barFrom / 2, BAR_WIDTH / 2, 128);
            }
        }
    }

    private static void plane(OutputStream out, int width, int height, int field, int barFrom, int barWidth, int bar)
            throws IOException {
        var row = new byte[width];
        Arrays.fill(row, (byte) field);
        Arrays.fill(row, barFrom, barFrom + barWidth, (byte) bar);
        for (int y = 0; y < height; y++) {
            out.write(row);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
