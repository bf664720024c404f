package dev.grandstand.e2e;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * What a presenter's microphone hears: a tone that swells and falls three times a second and glides between 300 and 900
 * Hz, because a browser's noise suppression takes a steady one for hum and removes it.
 */
final class TestTone {

    private static final int RATE = 48_000;
    private static final int SECONDS = 2;

    private TestTone() {}

    static void writeTo(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var samples = ByteBuffer.allocate(2 * RATE * SECONDS).order(ByteOrder.LITTLE_ENDIAN);
        double phase = 0;
        for (int i = 0; i < RATE * SECONDS; i++) {
            var at = (double) i / RATE;
            phase += 2 * Math.PI * (600 - 300 * Math.cos(Math.PI * at)) / RATE;
            var loudness = 0.6 * Math.pow(Math.sin(3 * Math.PI * at), 2);
            samples.putShort((short) (Short.MAX_VALUE * loudness * Math.sin(phase)));
        }
        var format = new AudioFormat(RATE, 16, 1, true, false);
        try (var in = new AudioInputStream(new ByteArrayInputStream(samples.array()), format, (long) RATE * SECONDS)) {
            AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }
}
