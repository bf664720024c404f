package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page in every state, as pictures for people to look at: {@code target/screenshots}. */
@ExtendWith(InGrandstand.class)
class ScreenshotTourIT {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int[] PHONE = {390, 844};
    private static final int[] DESK = {1280, 800};

    /** Many who join over sockets of one page, one after the other. */
    private static final String CROWD = """
            async ([room, many]) => {
              const first = ['Ada', 'Grace', 'Edsger', 'Zoë', 'Ángel'];
              const last = ['Lovelace', 'Hopper', 'Okafor', 'García', 'Wirth', 'Liskov', 'Allen'];
              window.crowd = [];
              for (let i = 0; i < many; i++) {
                const name = `${first[i % first.length]} ${last[i % last.length]} ${1 + Math.floor(i / 35)}`;
                await new Promise(joined => {
                  const socket = new WebSocket(`ws://${location.host}/ws`);
                  window.crowd.push(socket);
                  socket.onopen = () => socket.send(JSON.stringify({ type: 'join', id: 1, room, name }));
                  socket.onmessage = ({ data }) => { if (JSON.parse(data).id === 1) joined(); };
                });
              }
            }
            """;

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
    void moderating(Venue venue) {
        var room = venue.newRoom("gala-night");
        var mia = venue.presenter(room, "Mia Moderator", Camera.RED);
        var vera = venue.enter(room, "Vera", Camera.GREEN);
        var bob = venue.viewer(room, "Bob Anderson");
        vera.awaitSight("Mia Moderator", Camera.RED);
        mia.element("people-tab").click();
        menuOf(mia, "Vera").click();
        assertThat(mia.element("person-ban")).isVisible();
        mia.screenshot(PICTURES.resolve("moderator-menu.png"));
        mia.element("person-take-down").click();

        vera.element("raise-hand").click();
        assertThat(vera.element("raise-hand")).hasText("Lower the hand");
        shoot(vera, "viewer-hand-raised");
        assertThat(mia.element("hand")).isVisible();
        shoot(mia, "moderator-hands");

        mia.element("hand-invite").click();
        assertThat(vera.element("invitation")).isVisible();
        shoot(vera, "viewer-invited");
        vera.element("invitation-live").click();
        vera.element("go-live-confirm").click();
        vera.awaitOnAir();
        mia.awaitSight("Vera", Camera.GREEN);

        choose(mia, "Vera", "person-mute-microphone");
        assertThat(vera.element("mute")).isDisabled();
        shoot(vera, "presenter-muted-by-moderator");
        shoot(mia, "moderator-muted-somebody");
        choose(mia, "Vera", "person-take-down");
        vera.element("raise-hand").waitFor();
        shoot(vera, "presenter-taken-down");

        mia.element("lock-room").click();
        assertThat(bob.element("locked-badge")).isVisible();
        shoot(mia, "moderator-locked");
        var late = venue.visitor(Venue.AUDIENCE, "Late");
        late.page().navigate(venue.system().page("/room/" + room + "?name=Late&auto=view"));
        assertThat(late.element("stage-title")).hasText("The room is locked");
        shoot(late, "room-locked");

        choose(mia, "Vera", "person-kick");
        shoot(mia, "moderator-asked-whether");
        mia.element("ask-yes").click();
        assertThat(vera.element("stage-title")).hasText("You were shown out");
        shoot(vera, "viewer-shown-out");
        choose(mia, "Bob", "person-ban");
        mia.element("ask-yes").click();
        assertThat(bob.element("stage-title")).hasText("You cannot come in");
        shoot(bob, "viewer-banned");
        mia.element("close-room").click();
        mia.element("ask-yes").click();
        assertThat(mia.element("stage-title")).hasText("The show is over");
        shoot(mia, "room-closed");
    }

    @Test
    void aLargeRoom(Venue venue) {
        var room = venue.newRoom("arena");
        var mia = venue.viewer(room, "Mia Moderator");
        venue.lobby(Venue.AUDIENCE, "Crowd").page().evaluate(CROWD, List.of(room, 205));
        mia.element("people-tab").click();
        assertThat(mia.element("people-summary")).hasText("206 people here");
        assertThat(mia.element("people-item").nth(40)).isAttached();
        shoot(mia, "people-large-room");

        mia.element("people-search").fill("zoe");
        assertThat(mia.element("people-item").first()).containsText("Zoë");
        shoot(mia, "people-search");
        mia.element("people-search").fill("nobody");
        assertThat(mia.element("people-note")).containsText("Nobody here has a name");
        assertThat(mia.element("people-summary")).hasText("0 found");
        shoot(mia, "people-nobody-found");
    }

    @Test
    void whatTheServerSaysToEverybody(Venue venue) {
        var vera = venue.visitor(Venue.AUDIENCE, "Vera");
        vera.page().routeWebSocket("**/ws", socket -> {
            var server = socket.connectToServer();
            socket.onMessage(frame -> server.send(frame.text()));
            server.onMessage(frame -> {
                socket.send(frame.text());
                if (frame.text().contains("\"type\":\"joined\"")) {
                    socket.send(
                            "{\"type\":\"notice\",\"text\":\"A new version starts at 20:00.\",\"at\":1767225600000}");
                }
            });
        });
        vera.page().navigate(venue.system().page("/room/" + venue.newRoom("notices") + "?name=Vera&auto=view"));
        assertThat(vera.element("notice-text")).hasText("A new version starts at 20:00.");
        assertThat(vera.element("open-hint")).isVisible();
        shoot(vera, "room-notice-and-open-hint");

        vera.element("notice-dismiss").click();
        vera.element("open-hint-dismiss").click();
        assertThat(vera.element("notice")).isHidden();
        assertThat(vera.element("open-hint")).isHidden();
    }

    @Test
    void theSdk(Venue venue) {
        var guest = venue.visitor(Venue.AUDIENCE, "Guest");
        guest.page().navigate(venue.system().page("/sdk.html"));
        assertThat(guest.page().locator("#source")).containsText("GrandstandClient");
        shoot(guest, "sdk");
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

    private static Locator menuOf(Visitor moderator, String whom) {
        return moderator
                .element("people-item")
                .filter(new Locator.FilterOptions().setHasText(whom))
                .getByTestId("person-more");
    }

    private static void choose(Visitor moderator, String whom, String what) {
        menuOf(moderator, whom).click();
        moderator.element(what).click();
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
