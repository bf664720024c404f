package dev.grandstand.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a browser has for a camera and a microphone. Chromium takes one file for the whole process. */
enum Camera {
    RED(Colour.RED),
    GREEN(Colour.GREEN),
    BLUE(Colour.BLUE),
    VIOLET(Colour.VIOLET),
    /** As most cameras are, and as pages ask for: thirty frames a second, where the others have fifteen. */
    FLUENT(Colour.RED, 30),
    /** There is one, but whoever sits there does not allow it. */
    REFUSED(Colour.BLACK);

    private static final Path MEDIA = Path.of("target", "media").toAbsolutePath();

    final Colour colour;
    private final int framesPerSecond;

    Camera(Colour colour) {
        this(colour, 15);
    }

    Camera(Colour colour, int framesPerSecond) {
        this.colour = colour;
        this.framesPerSecond = framesPerSecond;
    }

    /** Chromium's switches for it; writes the files that they name. */
    List<String> flags() {
        var permission = this == REFUSED ? "=deny" : "";
        return List.of(
                "--use-fake-ui-for-media-stream" + permission,
                "--use-fake-device-for-media-stream",
                "--use-file-for-fake-video-capture=" + picture(),
                "--use-file-for-fake-audio-capture=" + sound());
    }

    private Path picture() {
        var file = MEDIA.resolve(name().toLowerCase(java.util.Locale.ROOT) + ".y4m");
        return written(file, () -> new TestPattern(colour, framesPerSecond).writeTo(file));
    }

    private static Path sound() {
        var file = MEDIA.resolve("tone.wav");
        return written(file, () -> TestTone.writeTo(file));
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static Path written(Path file, Writing writing) {
        try {
            if (!Files.exists(file)) {
                writing.run();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
