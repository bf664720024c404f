package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page in every state, as pictures for people to look at: {@code target/screenshots}. */
@ExtendWith(InGrandstand.class)
class ScreenshotTourIT {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int[] PHONE = {390, 844};
    private static final int[] DESK = {1280, 800};

    @Test
    void theLobby(Venue venue) {
        var guest = venue.visitor(Venue.AUDIENCE, "Guest");
        guest.page().route("**/rooms", route -> route.fulfill(json("{\"rooms\":[]}")));
        guest.page().navigate(venue.system().page("/"));
        assertThat(guest.page().locator("#empty")).isVisible();
        shoot(guest, "lobby-empty");

        guest.page().unroute("**/rooms");
        var room = venue.newRoom("gala");
        venue.presenter(room, "Ann Lindqvist", Camera.RED);
        var quiet = venue.newRoom("rehearsal");
        venue.viewer(quiet, "Bob");
        assertThat(card(guest, room)).containsText("LIVE");
        assertThat(card(guest, quiet)).isVisible();
        shoot(guest, "lobby-live");

        guest.page().locator("#create").getByTestId("create-room").click();
        assertThat(guest.page().locator("#name-hint")).isVisible();
        shoot(guest, "lobby-no-name");

        guest.page().route("**/rooms", route -> route.abort());
        assertThat(guest.page().locator("#rooms-trouble")).isVisible();
        shoot(guest, "lobby-trouble");
    }

    @Test
    void goingLive(Venue venue) {
        var ann = venue.visitor(Camera.RED, "Ann");
        ann.page().navigate(venue.system().page("/room/" + venue.newRoom("opening")));
        assertThat(ann.element("name-dialog")).isVisible();
        shoot(ann, "room-name");

        ann.element("name-field").fill("Ann Lindqvist");
        ann.element("join-room").click();
        ann.awaitJoined();
        shoot(ann, "room-free-stage");

        ann.element("go-live").click();
        assertThat(ann.element("go-live-confirm")).isEnabled();
        ann.page().waitForFunction("() => document.querySelector('[data-testid=preview]').videoWidth > 0");
        shoot(ann, "room-before-live");

        ann.element("go-live-confirm").click();
        ann.awaitOnAir();
        ann.page().waitForFunction("() => document.querySelector('.tile.has-picture') !== null");
        shoot(ann, "presenter-live");

        ann.element("mute").click();
        ann.element("camera-toggle").click();
        shoot(ann, "presenter-muted");

        ann.element("leave").click();
        shoot(ann, "presenter-leaves");
        ann.page().locator("#ask-no").click();
    }

    @Test
    void aRefusedCamera(Venue venue) {
        var ann = venue.enter(venue.newRoom("no-camera"), "Ann", Camera.REFUSED);
        ann.element("go-live").click();
        assertThat(ann.element("capture-trouble")).isVisible();
        shoot(ann, "camera-refused");
    }

    @Test
    void watching(Venue venue) {
        var room = venue.newRoom("festival");
        var ann = venue.presenter(room, "Ann Lindqvist", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann Lindqvist", Camera.RED);
        shoot(vera, "viewer-1-stream");

        venue.presenter(room, "Bob", Camera.GREEN);
        vera.awaitSight("Bob", Camera.GREEN);
        shoot(vera, "viewer-2-streams");

        venue.presenter(room, "Chloe", Camera.BLUE);
        venue.presenter(room, "Dimitri Papadopoulos", Camera.VIOLET);
        vera.awaitSight("Chloe", Camera.BLUE);
        vera.awaitSight("Dimitri Papadopoulos", Camera.VIOLET);
        shoot(vera, "viewer-4-streams");

        ann.say("Welcome to the festival!");
        vera.say("So good to be here");
        vera.say("Where can I find the schedule? It was at https://example.org/a/very/long/address/that/has/to/wrap");
        ann.say("On the left, below the stage");
        vera.awaitChatSize(4);
        shoot(vera, "viewer-chat");
        vera.element("people-tab").click();
        shoot(vera, "viewer-people");
        vera.element("rooms-tab").click();
        assertThat(vera.page().locator("[data-testid=jump-room][data-room=" + room + "]"))
                .isVisible();
        shoot(vera, "viewer-rooms");
        vera.element("chat-tab").click();
        vera.element("stats-toggle").click();
        assertThat(vera.element("stats-stream").last()).containsText("bit/s");
        shoot(vera, "viewer-figures");
        vera.element("stats-toggle").click();

        vera.loseNetwork();
        assertThat(vera.element("connection-banner")).isVisible();
        shoot(vera, "viewer-reconnecting");
    }

    @Test
    void anImpossibleAddress(Venue venue) {
        var guest = venue.visitor(Venue.AUDIENCE, "Guest");
        guest.page().navigate(venue.system().page("/room/No%20Such%20Room"));
        assertThat(guest.element("stage-empty")).containsText("There is no such room");
        shoot(guest, "room-impossible");
    }

    private static Route.FulfillOptions json(String body) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(body);
    }

    private static Locator card(Visitor visitor, String room) {
        return visitor.page().locator("[data-testid=room-card][data-room=" + room + "]");
    }

    /** On a desk and on a phone. */
    private static void shoot(Visitor visitor, String name) {
        visitor.screenshot(PICTURES.resolve(name + ".png"));
        visitor.page().setViewportSize(PHONE[0], PHONE[1]);
        visitor.screenshot(PICTURES.resolve(name + "-phone.png"));
        visitor.page().setViewportSize(DESK[0], DESK[1]);
    }
}
