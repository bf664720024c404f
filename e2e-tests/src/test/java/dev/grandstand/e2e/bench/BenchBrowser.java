package dev.grandstand.e2e.bench;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Chromium with a small generated picture for a camera; the launcher says where it is. */
final class BenchBrowser {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    static final int FRAMES_PER_SECOND = 30;
    private static final int FRAMES = 60;
    private static final int PAGE_WIDTH = 640;
    private static final int PAGE_HEIGHT = 400;

    private BenchBrowser() {}

    static Browser launch(Playwright playwright, Path folder) throws IOException {
        var picture = folder.resolve("picture.y4m");
        if (!Files.exists(picture)) {
            write(picture);
        }
        var executable = System.getenv("GRANDSTAND_CHROMIUM");
        if (executable == null) {
            throw new IllegalStateException("GRANDSTAND_CHROMIUM has to name a Chromium");
        }
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(executable))
                        .setArgs(List.of(
                                // No address bar, whose popup is drawn anew with each frame of the page.
                                "--kiosk",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--autoplay-policy=no-user-gesture-required",
                                "--allow-loopback-in-peer-connection",
                                "--use-fake-ui-for-media-stream",
                                "--use-fake-device-for-media-stream",
                                "--use-file-for-fake-video-capture=" + picture)));
    }

    /**
     * A page in a small window of its own. Without a graphics card the processor draws each window anew with every frame; six
     * large ones have two cores to themselves before anything is measured.
     */
    static Page smallPage(Browser browser) {
        return browser.newContext(new Browser.NewContextOptions().setViewportSize(PAGE_WIDTH, PAGE_HEIGHT))
                .newPage();
    }

    /** YUV4MPEG2: stripes that walk, so that no frame is like the last. */
    private static void write(Path file) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write("YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n"
                    .formatted(WIDTH, HEIGHT, FRAMES_PER_SECOND)
                    .getBytes(StandardCharsets.US_ASCII));
            var row = new byte[WIDTH];
            var chroma = new byte[WIDTH / 2 * HEIGHT / 2];
            for (int frame = 0; frame < FRAMES; frame++) {
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < WIDTH; x++) {
                        row[x] = (byte) (60 + ((x + y / 2 + frame * 4) % 80) * 2);
                    }
                    out.write(row);
                }
                Arrays.fill(chroma, (byte) (100 + frame % 30));
                out.write(chroma);
                Arrays.fill(chroma, (byte) (160 - frame % 30));
                out.write(chroma);
            }
        }
    }
}
