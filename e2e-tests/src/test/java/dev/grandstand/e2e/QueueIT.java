package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A full house, as somebody in front of a page sees it: one relay of two seats, and nobody waits for more than 15 s. */
class QueueIT {

    private static final Path PICTURES = Path.of("target", "screenshots");

    @Test
    void whoeverWaitsSeesTheirPlaceIsToldWhenItIsForNothingAndWatchesOnceASeatIsFree() throws Exception {
        try (var nodes = new SmallNodes(1, 2, Map.of("GRANDSTAND_QUEUE_LIMIT", "15s"));
                var browsers = new Browsers();
                var ann = nodes.enter(browsers, "full", "Ann", Camera.RED)) {
            var vera = nodes.enter(browsers, "full", "Vera", Venue.AUDIENCE);
            vera.awaitSight("Ann", Camera.RED);
            try (var bob = nodes.enter(browsers, "full", "Bob", Venue.AUDIENCE)) {
                var banner = bob.element("seat-banner");
                assertThat(banner).containsText("next in line");
                bob.screenshot(PICTURES.resolve("queue.png"));

                Visitor.await("the wait is over").until(() -> "refused".equals(banner.getAttribute("data-state")));
                assertThat(banner).containsText("No seat became free");
                assertThat(bob.element("tile")).containsText("No seat became free");
                bob.screenshot(PICTURES.resolve("queue-refused.png"));

                bob.element("seat-again").click();
                assertThat(banner).containsText("next in line");
                vera.close();
                bob.awaitSight("Ann", Camera.RED);
                assertThat(banner).isHidden();
            }
        }
    }
}
