package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What moderators do in the pages, and how it feels at the other end. Whoever opens a room moderates it. */
@ExtendWith(InGrandstand.class)
class ModerationIT {

    @Test
    void aRaisedHandLeadsToTheStageAndBackWithoutReconnecting(Venue venue) {
        var room = venue.newRoom("hands");
        var mia = moderator(venue, room);
        var vera = venue.enter(room, "Vera", Camera.GREEN);
        assertThat(vera.element("go-live")).isVisible();
        choose(mia, "Vera", "person-take-down");
        vera.element("raise-hand").waitFor();
        vera.page().evaluate("() => { window.socketThen = window.lastSocket; }");

        vera.element("raise-hand").click();
        assertThat(vera.element("raise-hand")).hasText("Lower the hand");
        mia.page().getByRole(AriaRole.BUTTON, named("Invite Vera to the stage")).click();
        vera.element("invitation-live").click();
        vera.element("go-live-confirm").click();
        vera.awaitOnAir();

        mia.awaitSight("Vera", Camera.GREEN);
        assertThat(vera.page().evaluate("() => window.lastSocket === window.socketThen"))
                .isEqualTo(true);
        assertThat(mia.element("hand")).hasCount(0);

        vera.element("step-down").click();
        vera.element("ask-yes").click();
        vera.element("raise-hand").waitFor();
        assertThat(mia.element("tile")).hasCount(0);
        assertThat(vera.uploads()).isZero();
    }

    @Test
    void whomAModeratorMutesIsSilentAndKnowsIt(Venue venue) {
        var room = venue.newRoom("silenced");
        var mia = moderator(venue, room);
        var ann = venue.presenter(room, "Ann", Camera.RED);
        mia.awaitSight("Ann", Camera.RED);
        Visitor.await("Ann to be heard").until(() -> mia.loudnessOf("Ann") > 0.01);

        choose(mia, "Ann", "person-mute-microphone");

        assertThat(ann.element("mute")).isDisabled();
        assertThat(ann.element("tile").first()).containsText("muted by a moderator");
        Visitor.await("silence").until(() -> mia.loudnessOf("Ann") < 0.0001);

        ann.element("stop").click();
        ann.goLive();
        assertThat(ann.element("mute")).isDisabled();
        assertThat(ann.page()
                        .evaluate("() => window.grandstand.client.publications[0].media.getAudioTracks()[0].enabled"))
                .isEqualTo(false);

        choose(mia, "Ann", "person-mute-chat");
        assertThat(ann.element("chat-input")).isDisabled();
        var late = venue.viewer(room, "Late");
        late.element("people-tab").click();
        assertThat(late.element("people-item").filter(new Locator.FilterOptions().setHasText("Ann")))
                .containsText("Muted in the chat");

        choose(mia, "Ann", "person-mute-microphone");
        assertThat(ann.element("mute")).isEnabled();
        ann.element("mute").click();
        Visitor.await("Ann to be heard again").until(() -> mia.loudnessOf("Ann") > 0.01);
    }

    @Test
    void whoIsTakenDownGoesOffAirAndTheCameraGoesOut(Venue venue) {
        var room = venue.newRoom("taken-down");
        var mia = moderator(venue, room);
        var ann = venue.presenter(room, "Ann", Camera.RED);
        mia.awaitSight("Ann", Camera.RED);

        choose(mia, "Ann", "person-take-down");

        ann.element("raise-hand").waitFor();
        assertThat(ann.element("tile")).hasCount(0);
        assertThat(mia.element("tile")).hasCount(0);
        assertThat(ann.uploads()).isZero();
    }

    @Test
    void whoIsShownOutOrBannedIsToldSoAndFindsAWayOn(Venue venue) {
        var room = venue.newRoom("shown-out");
        var mia = moderator(venue, room);
        var vera = venue.viewer(room, "Vera");

        choose(mia, "Vera", "person-kick");
        mia.element("ask-yes").click();
        assertThat(vera.element("stage-title")).hasText("You were shown out");
        Visitor.await("Vera to be gone").until(mia::people, List.of("Mia")::equals);

        vera.page().getByRole(AriaRole.BUTTON, named("Try again")).click();
        vera.awaitJoined();
        choose(mia, "Vera", "person-ban");
        mia.element("ask-yes").click();
        assertThat(vera.element("stage-title")).hasText("You cannot come in");
        vera.page().getByRole(AriaRole.BUTTON, named("All rooms")).click();
        vera.page().waitForURL(venue.system().page("/"));
    }

    @Test
    void aLockedRoomLetsNobodyInAndAClosedOneEverybodyOut(Venue venue) {
        var room = venue.newRoom("locked");
        var mia = moderator(venue, room);
        var vera = venue.viewer(room, "Vera");

        mia.element("lock-room").click();
        assertThat(vera.element("locked-badge")).isVisible();
        var late = venue.visitor(Venue.AUDIENCE, "Late");
        late.page().navigate(venue.system().page("/room/" + room + "?name=Late&auto=view"));
        assertThat(late.element("stage-title")).hasText("The room is locked");

        mia.element("close-room").click();
        mia.element("ask-yes").click();
        assertThat(vera.element("stage-title")).hasText("The show is over");
        assertThat(mia.element("stage-title")).hasText("The show is over");
    }

    @Test
    void aModeratorNeedsNoMouse(Venue venue) {
        var room = venue.newRoom("keyboard");
        var mia = moderator(venue, room);
        venue.viewer(room, "Vera");
        var more = mia.page().getByRole(AriaRole.BUTTON, named("What to do with Vera"));

        more.focus();
        mia.page().keyboard().press("Enter");
        assertThat(mia.element("person-invite")).isFocused();
        mia.page().keyboard().press("Escape");
        assertThat(more).isFocused();
        mia.page().keyboard().press("Enter");
        mia.page().keyboard().press("ArrowUp");
        assertThat(mia.element("person-ban")).isFocused();
        mia.page().keyboard().press("Enter");
        assertThat(mia.page().getByRole(AriaRole.BUTTON, named("Let them stay")))
                .isFocused();
        mia.page().keyboard().press("Enter");

        assertThat(mia.people()).containsExactly("Mia", "Vera");
    }

    /** In front of the list of people. */
    private static Visitor moderator(Venue venue, String room) {
        var mia = venue.viewer(room, "Mia");
        mia.element("people-tab").click();
        return mia;
    }

    private static void choose(Visitor moderator, String whom, String what) {
        moderator
                .element("people-item")
                .filter(new Locator.FilterOptions().setHasText(whom))
                .getByTestId("person-more")
                .click();
        moderator.element(what).click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
