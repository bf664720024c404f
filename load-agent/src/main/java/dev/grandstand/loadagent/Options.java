package dev.grandstand.loadagent;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.RoomId;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The command line.
 *
 * @param url of the signaling endpoint
 * @param room to join
 * @param viewers without a browser
 * @param publishers in front of them
 * @param shape of what publishers send
 * @param seconds to stay, once everybody is there
 */
record Options(URI url, RoomId room, int viewers, int publishers, PictureShape shape, int seconds) {

    static final String USAGE = """
            java -jar load-agent.jar [flags]
              --url URL         ws://host:port/ws (ws://localhost:8080/ws)
              --room ROOM       (load)
              --viewers N       (10)
              --publishers N    (0: somebody else is on air)
              --bitrate BITS    of each publisher's picture, a second (450000)
              --fps N           of each publisher (20)
              --seconds N       to stay (30)
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
        try {
            var options = new Options(
                    URI.create(text(given, "--url", "ws://localhost:8080/ws")),
                    new RoomId(text(given, "--room", "load")),
                    number(given, "--viewers", 10, 10_000),
                    number(given, "--publishers", 0, 100),
                    new PictureShape(
                            number(given, "--bitrate", PictureShape.SMALL.bitsPerSecond(), 20_000_000),
                            number(given, "--fps", PictureShape.SMALL.framesPerSecond(), 60)),
                    number(given, "--seconds", 30, 86_400));
            if (!given.isEmpty()) {
                throw new IllegalArgumentException("there is no flag " + given.keySet());
            }
            return options;
        } catch (BadValue e) {
            throw new IllegalArgumentException("--room: " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, String> given, String flag, String otherwise) {
        var value = given.remove(flag);
        return value == null ? otherwise : value;
    }

    private static int number(Map<String, String> given, String flag, int otherwise, int max) {
        var value = text(given, flag, String.valueOf(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(flag + " wants a number, not " + value, e);
        }
        throw new IllegalArgumentException(flag + " wants 0 to " + max + ", not " + value);
    }
}
