package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page that has nothing but the SDK joins, publishes, watches and chats. */
@ExtendWith(InGrandstand.class)
class SdkPageIT {

    @Test
    void theExampleOfTheDocumentationWorks(Venue venue) {
        var room = venue.newRoom("sdk");
        var ann = open(venue, Camera.RED, room, "Ann");
        var bob = open(venue, Camera.GREEN, room, "Bob");

        ann.locator("#publish").click();
        bob.waitForFunction("() => document.querySelector('video')?.currentTime > 0.2");
        bob.locator("#publish").click();
        ann.waitForFunction("() => document.querySelector('video')?.currentTime > 0.2");
        bob.locator("#text").fill("Hello <b>Ann</b>");
        bob.locator("#say button").click();
        assertThat(ann.locator("#chat")).hasText("Bob: Hello <b>Ann</b>");

        bob.close(new Page.CloseOptions().setRunBeforeUnload(true));
        assertThat(ann.locator("video")).hasCount(0);
        assertThat(ann.locator("#source")).containsText("new GrandstandClient()");
    }

    private static Page open(Venue venue, Camera camera, String room, String name) {
        var visitor = venue.visitor(camera, name);
        var page = visitor.page();
        page.navigate(venue.system().page("/sdk.html"));
        page.locator("#room").fill(room);
        page.locator("#name").fill(name);
        page.locator("#join button").click();
        assertThat(page.locator("#state")).hasText("joined");
        assertThat(visitor.console()).noneMatch(line -> line.startsWith("uncaught"));
        return page;
    }
}
