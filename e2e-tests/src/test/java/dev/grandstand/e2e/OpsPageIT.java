package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operators' page over three nodes of two seats: what it shows is so, and what is ordered there happens. */
class OpsPageIT {

    private static final String ROOM = "opera";

    @Test
    void anOperatorSeesTheFleetAndEmptiesANode() throws Exception {
        try (var nodes = new SmallNodes(3, 2, Map.of());
                var browsers = new Browsers();
                var operator = new Visitor(browsers.with(Venue.AUDIENCE).newContext(), "Operator")) {
            var page = operator.page();
            page.navigate(nodes.page("/ops"));
            aWrongTokenIsRefused(page, nodes);
            page.getByTestId("door-token").fill(OperatorCalls.TOKEN);
            page.getByTestId("door-enter").click();
            assertThat(page.getByTestId("node")).hasCount(3);
            assertThat(page.getByTestId("tiles")).containsText("3 / 3");
            assertThat(page.getByTestId("scaling-none")).isVisible();
            assertThat(page.getByTestId("scale-hold")).isHidden();
            picture(page, "empty");
            aShowIsAnnouncedAndTakenBack(page);

            try (var ann = nodes.enter(browsers, ROOM, "Ann", Camera.RED);
                    var vera = nodes.enter(browsers, ROOM, "Vera", Venue.AUDIENCE);
                    var victor = nodes.enter(browsers, ROOM, "Victor", Venue.AUDIENCE)) {
                vera.awaitSight("Ann", Camera.RED);
                victor.awaitSight("Ann", Camera.RED);
                assertThat(page.getByTestId("tiles")).containsText("3 / 6");
                var edge = nodes.operators().edges(ROOM).getFirst();
                var card = card(page, edge);
                assertThat(card).containsText(ROOM);
                assertThat(card).containsText("edge");
                assertThat(card(page, nodes.operators().origin(ROOM))).containsText("origin");
                picture(page, "load");
                aPhoneShowsAllOfIt(page);

                card.getByTestId("node-drain").click();
                assertThat(page.getByTestId("ask-dialog")).containsText("1 person in 1 room");
                picture(page, "ask");
                page.getByTestId("ask-yes").click();
                assertThat(card.getByTestId("node-life")).hasText("drained, empty");
                picture(page, "drained");
                victor.awaitFramesOf("Ann", 15);
                vera.awaitFramesOf("Ann", 15);

                card.getByTestId("node-use").click();
                assertThat(card.getByTestId("node-life")).hasText("serving");
                assertThat(ann.uploads()).isOne();
            }
            assertThat(page.locator("#charts polyline")).not().hasCount(0);
            itComesBackAfterAReloadAndGoesWhenSignedOut(page);
            assertThat(operator.console()).noneMatch(line -> line.startsWith("uncaught"));
        }
    }

    private static void aWrongTokenIsRefused(Page page, SmallNodes nodes) {
        page.getByTestId("door-address").fill(nodes.operators().address());
        page.getByTestId("door-token").fill("not the token of these operators");
        page.getByTestId("door-enter").click();
        assertThat(page.getByTestId("door-trouble")).containsText("not the operators’ token");
        picture(page, "wrong-token");
    }

    private static void aShowIsAnnouncedAndTakenBack(Page page) {
        page.getByText("Announce a show").click();
        page.getByTestId("show-room").fill("gala");
        page.getByTestId("show-starts").fill("2030-05-03T20:00");
        page.getByTestId("show-audience").fill("4000");
        page.getByTestId("show-announce").click();
        assertThat(page.getByTestId("show")).containsText("gala");
        assertThat(page.getByTestId("show")).containsText("4,000 people expected");
        picture(page, "show");
        page.getByTestId("show").getByText("Cancel").click();
        page.getByTestId("ask-yes").click();
        assertThat(page.getByTestId("show")).hasCount(0);
    }

    private static void aPhoneShowsAllOfIt(Page page) {
        page.setViewportSize(390, 844);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("fits a phone")
                .isTrue();
        picture(page, "phone");
        page.setViewportSize(1280, 800);
    }

    private static void itComesBackAfterAReloadAndGoesWhenSignedOut(Page page) {
        page.reload();
        assertThat(page.getByTestId("node")).hasCount(3);
        page.getByTestId("door-leave").click();
        assertThat(page.getByTestId("door-token")).isVisible();
        page.reload();
        assertThat(page.getByTestId("door-token")).isVisible();
        assertThat(page.getByTestId("node")).hasCount(0);
    }

    private static Locator card(Page page, String node) {
        return page.locator("[data-testid=node][data-node='" + node + "']");
    }

    private static void picture(Page page, String state) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", "ops-" + state + ".png")));
    }
}
