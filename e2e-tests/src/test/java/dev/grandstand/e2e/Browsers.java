package dev.grandstand.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.EnumMap;
import java.util.Map;

/** The browsers of a test run: started when first needed, shared by all tests, closed at the end. */
final class Browsers implements AutoCloseable {

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Map<Camera, BrowserProcess> processes = new EnumMap<>(Camera.class);
    private final Map<Camera, Browser> browsers = new EnumMap<>(Camera.class);

    Browsers() {
        // Playwright's own five seconds are shorter than one poll of a page that was answered late.
        PlaywrightAssertions.setDefaultAssertionTimeout(Visitor.PATIENCE.toMillis());
    }

    /** The shared browser with this camera. */
    Browser with(Camera camera) {
        return browsers.computeIfAbsent(
                camera, missing -> connect(processes.computeIfAbsent(missing, BrowserProcess::start)));
    }

    /** To a browser of the caller's own, which the caller ends. */
    Browser connect(BrowserProcess process) {
        return playwright
                .chromium()
                .connectOverCDP(process.devTools(), new BrowserType.ConnectOverCDPOptions().setTimeout(30_000));
    }

    @Override
    public void close() {
        playwright.close();
        processes.values().forEach(BrowserProcess::close);
    }
}
