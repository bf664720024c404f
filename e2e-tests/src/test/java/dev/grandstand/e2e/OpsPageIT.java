package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The operators' page over three nodes of two seats: what it shows is so, and what is ordered there happens. */
class OpsPageIT {

    private static final String ROOM = "opera";

    private static final String KNOCK = """
            () => {
              const enter = document.getElementById('door-enter');
              if (!enter.disabled && enter.offsetParent) enter.click();
            }
            """;

    private static final String SCALED = """
            {"byHand": %s, "fewest": 2, "most": 9, "decisions": [
              {"at": "2026-05-03T20:00:05Z", "nodes": 4, "direction": "UP", "byHand": false, "fleet": {"ordered": 2},
               "reason": "up from 2 to 4: 12 waiting, 4 in reserve; 4 seats a node"},
              {"at": "2026-05-03T20:00:00Z", "nodes": 2, "direction": "STAY", "byHand": true, "fleet": {"ordered": 2},
               "reason": "by hand: 2 (the policy: stays at 2: 3 seated; 4 seats a node)"}]}
            """;

    @Test
    void anOperatorSeesTheFleetAndEmptiesANode() throws Exception {
        try (var nodes = new SmallNodes(3, 2, Map.of());
                var browsers = new Browsers();
                var operator = new Visitor(browsers.with(Venue.AUDIENCE).newContext(), "Operator")) {
            var page = operator.page();
            page.navigate(nodes.page("/ops"));
            aWrongTokenIsRefused(page, nodes);
            page.getByTestId("door-token").fill(OperatorCalls.TOKEN);
            knock(page, () -> page.getByTestId("node").count() == 3);
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
            aFleetThatIsScaledShowsWhyAndIsHeldByHand(page);
            itComesBackAfterAReloadAndGoesWhenSignedOut(page);
            assertThat(operator.console()).noneMatch(line -> line.startsWith("uncaught"));
        }
    }

    private static void aWrongTokenIsRefused(Page page, SmallNodes nodes) {
        page.getByTestId("door-address").fill(nodes.operators().address());
        page.getByTestId("door-token").fill("not the token of these operators");
        knock(page, () -> page.getByTestId("door-trouble").textContent().contains("not the operators’ token"));
        picture(page, "wrong-token");
    }

    /** As people do: again, if nobody answered in time. */
    private static void knock(Page page, Callable<Boolean> answered) {
        Visitor.await("the door to answer").until(() -> {
            page.evaluate(KNOCK);
            return answered.call();
        });
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

    /** A fleet that is listed is not scaled, so here the door is made to answer as in Kubernetes (docs/admin-api.yaml). */
    private static void aFleetThatIsScaledShowsWhyAndIsHeldByHand(Page page) {
        var orders = new CopyOnWriteArrayList<String>();
        page.route("**/admin/scaling", route -> {
            if (!route.request().method().equals("GET")) {
                orders.add(route.request().method() + " " + route.request().postData());
            }
            var byHand = orders.isEmpty() || orders.getLast().startsWith("DELETE") ? "null" : "5";
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(200)
                    .setHeaders(Map.of("access-control-allow-origin", "*", "content-type", "application/json"))
                    .setBody(SCALED.formatted(byHand)));
        });
        assertThat(page.getByTestId("decision")).hasCount(2);
        assertThat(page.getByTestId("decision").first()).containsText("2 → 4 nodes");
        assertThat(page.getByTestId("decision").first()).containsText("up from 2 to 4: 12 waiting");
        assertThat(page.getByTestId("scale-state")).containsText("2 to 9 nodes");
        page.getByTestId("scale-nodes").fill("5");
        page.getByTestId("scale-hold").click();
        assertThat(page.getByTestId("scale-state")).containsText("Held at 5 nodes by hand");
        picture(page, "scaled");
        page.getByTestId("scale-policy").click();
        assertThat(page.getByTestId("scale-policy")).isHidden();
        assertThat(orders).containsExactly("PUT {\"nodes\":5}", "DELETE null");
        page.unroute("**/admin/scaling");
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
