package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do with the pages. */
@ExtendWith(InGrandstand.class)
class RoomLifeIT {

    @Test
    void somebodyOpensARoomInTheLobbyAndGoesLiveByHand(Venue venue) {
        var title = venue.newRoom("Opening Night");
        var ann = venue.lobby(Camera.RED, "Ann");
        ann.element("name-field").fill("Ann");
        ann.element("room-title-field").fill(title);
        ann.element("create-room").click();
        ann.awaitJoined();
        assertThat(ann.element("room-title")).hasText(title);

        ann.goLive();

        assertThat(ann.element("live-badge")).isVisible();
        var vera = venue.viewer(slug(title), "Vera");
        vera.awaitSight("Ann", Camera.RED);
        assertThat(vera.element("room-title")).hasText(title);
        assertThat(vera.element("live-badge")).isVisible();
    }

    @Test
    void theLobbyShowsALiveRoomAndLeadsIntoIt(Venue venue) {
        var room = venue.newRoom("in-the-lobby");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.lobby(Venue.AUDIENCE, "Vera");

        var card = vera.page().locator("[data-testid=room-card][data-room=" + room + "]");
        assertThat(card).containsText("LIVE");
        assertThat(card).containsText("Ann");

        ann.element("stop").click();
        assertThat(card).not().containsText("LIVE");

        card.getByRole(AriaRole.LINK).click();
        vera.element("name-field").fill("Vera");
        vera.element("join-room").click();
        vera.awaitJoined();
        Visitor.await("both to be here").until(() -> ann.people().size() == 2);
    }

    @Test
    void whatIsSaidReachesEverybodyInOrder(Venue venue) {
        var room = venue.newRoom("talk");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");

        vera.say("hello Ann");
        ann.awaitChat("hello Ann");
        ann.say("hello <b>Vera</b>");

        vera.awaitChat("hello Ann", "hello <b>Vera</b>");
        ann.awaitChat("hello Ann", "hello <b>Vera</b>");
    }

    @Test
    void whoTalksTooFastIsToldSo(Venue venue) {
        var eve = venue.socket();
        eve.join(venue.newRoom("fast"), "Eve");
        for (int i = 10; i < 30; i++) {
            eve.send("{\"type\":\"chat\",\"id\":%d,\"text\":\"message %d\"}".formatted(i, i));
        }

        var refused =
                eve.first("a refusal", message -> message.path("type").asText().equals("error"));

        assertThat(refused.path("code").asText()).isIn("rate-limited", "chat-rejected");
        assertThat(eve.reply(10).path("type").asText()).isEqualTo("chatSent");
    }

    @Test
    void aMutedPresenterIsSeenButNotHeard(Venue venue) {
        var room = venue.newRoom("muted");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        Visitor.await("Ann to be heard").until(() -> vera.loudnessOf("Ann") > 0.01);

        ann.element("mute").click();

        Visitor.await("silence").until(() -> vera.loudnessOf("Ann") < 0.0001);
        vera.awaitFramesOf("Ann", 15);
        ann.element("mute").click();
        Visitor.await("Ann to be heard again").until(() -> vera.loudnessOf("Ann") > 0.01);
    }

    @Test
    void whoStopsMayGoLiveAgain(Venue venue) {
        var room = venue.newRoom("again");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        ann.element("stop").click();
        vera.element("stage-empty").waitFor();

        ann.goLive();

        vera.awaitSight("Ann", Camera.RED);
        vera.awaitFramesOf("Ann", 10);
    }

    @Test
    void aRefusedCameraIsExplained(Venue venue) {
        var room = venue.newRoom("no-camera");
        var ann = venue.enter(room, "Ann", Camera.REFUSED);

        ann.element("go-live").click();

        assertThat(ann.element("capture-trouble")).containsText("The camera is not allowed");
        assertThat(ann.element("go-live-confirm")).isDisabled();
    }

    @Test
    void noPageScrollsSidewaysOnAPhone(Venue venue) {
        var room = venue.newRoom("phone");
        venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);
        var lobby = venue.lobby(Venue.AUDIENCE, "Lobby");
        assertThat(lobby.page().locator("[data-room=" + room + "]")).isVisible();

        for (var visitor : List.of(vera, lobby)) {
            for (int width : new int[] {360, 412, 768}) {
                visitor.page().setViewportSize(width, 740);
                Visitor.await("%s to fit into %d pixels".formatted(visitor.name(), width))
                        .until(() -> !visitor.scrollsSideways());
            }
        }
        vera.awaitFramesOf("Ann", 10);
    }

    @Test
    void aVisitorWhoseConnectionBreaksComesBack(Venue venue) {
        var room = venue.newRoom("comes-back");
        var ann = venue.presenter(room, "Ann", Camera.RED);
        var vera = venue.viewer(room, "Vera");
        vera.awaitSight("Ann", Camera.RED);

        vera.breakConnection();

        vera.awaitJoined();
        vera.awaitSight("Ann", Camera.RED);
        vera.awaitFramesOf("Ann", 10);
        Visitor.await("Vera to be there once").until(() -> ann.people(), List.of("Ann", "Vera")::equals);
    }

    private static String slug(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
