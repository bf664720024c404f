package dev.grandstand.e2e;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody sees, by colour.
 *
 * @param shares of the picture's area, 0 to 1, by colour
 */
record Picture(Map<Colour, Double> shares) {

    /** @param rgba four numbers from 0 to 255 for each pixel, as a canvas gives them */
    static Picture of(List<Integer> rgba) {
        var pixels = rgba.size() / 4;
        var shares = new EnumMap<Colour, Double>(Colour.class);
        for (int i = 0; i < pixels; i++) {
            shares.merge(
                    Colour.nearest(rgba.get(4 * i), rgba.get(4 * i + 1), rgba.get(4 * i + 2)),
                    1.0 / pixels,
                    Double::sum);
        }
        return new Picture(shares);
    }

    double share(Colour colour) {
        return shares.getOrDefault(colour, 0.0);
    }

    /** Whether it is this presenter's pattern: mostly the field, and a bit of the bar. */
    boolean shows(Camera camera) {
        return share(camera.colour) > 0.6 && share(Colour.WHITE) > 0.02;
    }
}
