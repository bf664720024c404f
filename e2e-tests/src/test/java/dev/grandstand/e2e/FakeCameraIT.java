package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That a browser films what it is told to, and that these tests see it: all other tests rest on this. */
class FakeCameraIT {

    private static Browsers browsers;
    private static HttpServer pages;

    @BeforeAll
    static void open() throws IOException {
        browsers = new Browsers();
        // A camera needs a secure origin, which localhost is and about:blank is not.
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> {
            var page =
                    "<!doctype html><article data-testid=tile data-stream=own><video autoplay muted></video></article>"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        pages.start();
    }

    @AfterAll
    static void close() {
        browsers.close();
        pages.stop(0);
    }

    @Test
    void eachBrowserFilmsItsOwnColour() {
        for (var camera : List.of(Camera.RED, Camera.GREEN)) {
            try (var visitor = visit(camera)) {
                film(visitor.page());
                Visitor.await("the picture of " + camera)
                        .until(() -> visitor.pictureIn("own"), picture -> picture.shows(camera));
            }
        }
    }

    @Test
    void theBarMoves() {
        try (var visitor = visit(Camera.RED)) {
            film(visitor.page());
            Visitor.await("a picture").until(() -> visitor.pictureIn("own").shows(Camera.RED));
            var first = barAt(visitor);
            Visitor.await("the bar elsewhere").until(() -> Math.abs(barAt(visitor) - first) > 10);
        }
    }

    @Test
    void theToneIsHeard() {
        try (var visitor = visit(Camera.RED)) {
            film(visitor.page());
            assertThat((boolean) visitor.page().evaluate("""
                                    async () => {
                                      const context = new AudioContext();
                                      const analyser = new AnalyserNode(context);
                                      context.createMediaStreamSource(document.querySelector('video').srcObject).connect(analyser);
                                      const samples = new Float32Array(analyser.fftSize);
                                      return new Promise(resolve => setInterval(() => {
                                        analyser.getFloatTimeDomainData(samples);
                                        if (samples.some(sample => Math.abs(sample) > 0.1)) resolve(true);
                                      }, 20));
                                    }
                                    """)).isTrue();
        }
    }

    @Test
    void aRefusedCameraIsRefused() {
        try (var visitor = visit(Camera.REFUSED)) {
            assertThat(
                            visitor.page()
                                    .evaluate(
                                            "() => navigator.mediaDevices.getUserMedia({video: true}).then(() => 'given', e => e.name)"))
                    .isEqualTo("NotAllowedError");
        }
    }

    private static Visitor visit(Camera camera) {
        var visitor = new Visitor(browsers.with(camera).newContext(new Browser.NewContextOptions()), camera.name());
        visitor.page().navigate("http://localhost:" + pages.getAddress().getPort());
        return visitor;
    }

    private static void film(Page page) {
        page.evaluate("""
                async () => {
                  document.querySelector('video').srcObject = await navigator.mediaDevices.getUserMedia({
                    video: { width: { ideal: 1280 }, height: { ideal: 720 } }, audio: { noiseSuppression: true } });
                }
                """);
    }

    /** The column of the bar's first white pixel. */
    private static int barAt(Visitor visitor) {
        return visitor.columnOf("own", Colour.WHITE);
    }
}
