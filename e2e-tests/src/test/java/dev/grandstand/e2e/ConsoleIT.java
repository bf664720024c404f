package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.grandstand.loadagent.rest.AgentApi;
import dev.grandstand.loadagent.rest.AgentConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console has two agents run a stress test, watches one stream, and keeps what came of it. */
@ExtendWith(InGrandstand.class)
class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "a-token-of-enough-characters";
    private static final LocatorAssertions.HasTextOptions PATIENT =
            new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE.toMillis());

    private static Vertx vertx;
    private static AgentApi one;
    private static AgentApi two;

    @BeforeAll
    static void startAgents() throws Exception {
        vertx = Vertx.vertx();
        one = new AgentApi(vertx, new AgentConfig("127.0.0.1", 0, TOKEN, null));
        two = new AgentApi(vertx, new AgentConfig("127.0.0.1", 0, TOKEN, null));
        get(one.start());
        get(two.start());
    }

    @AfterAll
    static void stopAgents() throws Exception {
        get(one.stop());
        get(two.stop());
        get(vertx.close());
    }

    private static void get(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void add(Page page, AgentApi agent, String token) {
        page.getByTestId("agent-address").fill("http://127.0.0.1:" + agent.port());
        page.getByTestId("agent-token").fill(token);
        page.getByTestId("agent-add").click();
    }

    @Test
    void aStressRunOverTwoAgentsIsWatchedKeptAndExported(Venue venue) throws Exception {
        var room = venue.newRoom("console");
        var visitor = venue.visitor(Camera.RED, "Operator");
        var page = visitor.page();
        page.navigate(venue.page("/console"));

        add(page, one, "a-wrong-token-of-enough-characters");
        assertThat(page.locator("#agent-trouble")).containsText("token");
        add(page, one, TOKEN);
        assertThat(page.getByTestId("agent")).hasCount(1);
        add(page, two, TOKEN);
        assertThat(page.getByTestId("agent")).hasCount(2);

        page.getByTestId("run-room").fill(room);
        page.getByTestId("run-viewers").fill("5");
        page.getByTestId("run-rate").fill("10");
        page.getByTestId("run-seconds").fill("6");
        page.getByTestId("run-start").click();
        assertThat(page.getByTestId("run-state")).containsText("Running for");

        page.getByTestId("pull-room").fill(room);
        page.getByTestId("pull-start").click();
        assertThat(page.getByTestId("pull-state")).containsText("Watching");

        assertThat(page.getByTestId("run-state")).hasText("Finished", PATIENT);
        assertThat(page.getByTestId("run")).containsText("5 / 5");
        assertThat(page.locator("#charts polyline")).not().hasCount(0);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", "console-desktop.png")));
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", "console-phone.png")));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("fits a phone")
                .isTrue();

        var download = page.waitForDownload(() -> page.getByTestId("run-export").click());
        var run = new JsonObject(Files.readString(download.path()));
        assertThat(run.getJsonObject("total").getInteger("withPicture")).isEqualTo(5);
        assertThat(run.getJsonArray("samples").size()).isGreaterThan(2);
        assertThat(run.encode()).doesNotContain(TOKEN);
        page.reload();
        assertThat(page.getByTestId("run")).hasCount(1);
        await().atMost(PATIENCE).until(() -> venue.system().endpointsOf(room).isEmpty());
        assertThat(visitor.console()).noneMatch(line -> line.startsWith("uncaught"));
    }
}
