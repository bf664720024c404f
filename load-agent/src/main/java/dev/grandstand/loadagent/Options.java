package dev.grandstand.loadagent;

import dev.grandstand.loadagent.clip.BadClip;
import dev.grandstand.loadagent.clip.Clip;
import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.RoomId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a stress run.
 *
 * @param url of the signaling endpoint
 * @param room to join
 * @param viewers without a browser
 * @param ramp viewers that come each second
 * @param presenters in front of them
 * @param programme of the presenters
 * @param seconds to stay, once everybody has come
 * @param token that lets them in, if one is asked for
 * @param report folder to write to
 */
record Options(
        URI url,
        RoomId room,
        int viewers,
        double ramp,
        int presenters,
        Programme programme,
        int seconds,
        @Nullable String token,
        Path report) {

    static final String USAGE = """
            ./grandstand stress [flags]
              --url URL         ws://host:port/ws (ws://localhost:8080/ws)
              --room ROOM       (load)
              --viewers N       (10)
              --ramp N/s        viewers that come each second (50/s)
              --presenters N    (1; 0: somebody else is on air)
              --source FILE     for them to play in a loop: IVF with VP8 or H.264, bare H.264, Ogg with Opus, WebM with VP8 and Opus
              --bitrate BITS    of generated picture, a second (450000)
              --fps N           of generated picture, or of bare H.264 (20)
              --seconds N       to stay (60)
              --token TOKEN     to enter with
              --report FOLDER   for report.html and report.json (target/stress)
            """;

    /** @throws IllegalArgumentException in words for people */
    static Options parse(String... arguments) {
        var given = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " wants a value");
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        int framesPerSecond = number(given, "--fps", PictureShape.SMALL.framesPerSecond(), 1, 60);
        var options = new Options(
                url(text(given, "--url", "ws://localhost:8080/ws")),
                room(text(given, "--room", "load")),
                number(given, "--viewers", 10, 0, 10_000),
                rate(text(given, "--ramp", "50/s")),
                number(given, "--presenters", 1, 0, 100),
                new Programme(
                        new PictureShape(
                                number(given, "--bitrate", PictureShape.SMALL.bitsPerSecond(), 20_000, 20_000_000),
                                framesPerSecond),
                        clip(given.remove("--source"), framesPerSecond)),
                number(given, "--seconds", 60, 1, 86_400),
                given.remove("--token"),
                Path.of(text(given, "--report", "target/stress")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("there is no flag " + given.keySet());
        }
        return options;
    }

    private static URI url(String text) {
        try {
            var url = URI.create(text);
            if (url.getHost() != null && ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--url: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("--url wants ws://host:port/ws, not " + text);
    }

    private static RoomId room(String text) {
        try {
            return new RoomId(text);
        } catch (BadValue e) {
            throw new IllegalArgumentException("--room: " + e.getMessage(), e);
        }
    }

    private static double rate(String text) {
        try {
            double rate = Double.parseDouble(text.endsWith("/s") ? text.substring(0, text.length() - 2) : text);
            if (rate > 0 && rate <= 1_000) {
                return rate;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--ramp wants viewers a second like 50/s, not " + text, e);
        }
        throw new IllegalArgumentException("--ramp wants above 0 to 1000 viewers a second, not " + text);
    }

    private static @Nullable Clip clip(@Nullable String file, int framesPerSecond) {
        try {
            return file == null ? null : Clip.read(Path.of(file), framesPerSecond);
        } catch (BadClip | IOException e) {
            throw new IllegalArgumentException("--source: " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, String> given, String flag, String otherwise) {
        var value = given.remove(flag);
        return value == null ? otherwise : value;
    }

    private static int number(Map<String, String> given, String flag, int otherwise, int min, int max) {
        var value = text(given, flag, String.valueOf(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(flag + " wants a number, not " + value, e);
        }
        throw new IllegalArgumentException(flag + " wants " + min + " to " + max + ", not " + value);
    }
}
