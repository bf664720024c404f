package dev.grandstand.e2e;

import java.util.Arrays;
import java.util.Comparator;

/** Colours that a lossy codec cannot confuse. Each presenter shows another one. */
enum Colour {
    RED(208, 32, 32),
    GREEN(24, 160, 56),
    BLUE(40, 64, 216),
    VIOLET(168, 40, 200),
    WHITE(235, 235, 235),
    BLACK(16, 16, 16);

    final int red;
    final int green;
    final int blue;

    Colour(int red, int green, int blue) {
        this.red = red;
        this.green = green;
        this.blue = blue;
    }

    /** The colour that a pixel was most likely painted in. */
    static Colour nearest(int red, int green, int blue) {
        return Arrays.stream(values())
                .min(Comparator.comparingInt(colour -> colour.distance(red, green, blue)))
                .orElseThrow();
    }

    private int distance(int r, int g, int b) {
        return square(red - r) + square(green - g) + square(blue - b);
    }

    private static int square(int n) {
        return n * n;
    }

    /** Luma, ITU-R BT.601 in studio range: what a browser takes a small Y4M for. */
    int luma() {
        return (int) Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue);
    }

    int chromaBlue() {
        return (int) Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue);
    }

    int chromaRed() {
        return (int) Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue);
    }
}
