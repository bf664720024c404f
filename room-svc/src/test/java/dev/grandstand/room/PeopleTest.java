package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.room.RoomCommand.ListPeople;
import dev.grandstand.protocol.room.RoomEvent.ParticipantLeft;
import dev.grandstand.protocol.room.RoomEvent.ParticipantRenamed;
import dev.grandstand.protocol.room.RoomEvent.PeopleListed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is there, by page and by name. */
class PeopleTest {

    private static final ParticipantId READER = new ParticipantId("p0");

    @Test
    void areListedInTheOrderOfTheirNames() {
        assertThat(names(page(room("Zoë", "ann lee", "Bob"), null, null))).containsExactly("ann lee", "Bob", "Zoë");
    }

    @Test
    void areFoundByTheBeginningOfAnyWordWhateverItsCaseAndAccents() {
        var room = room("Zoë Ångström", "Ann Lee", "Lea-Marie Zorn", "Leopold");
        assertThat(names(page(room, "le", null))).containsExactlyInAnyOrder("Ann Lee", "Lea-Marie Zorn", "Leopold");
        assertThat(names(page(room, "zo", null))).containsExactlyInAnyOrder("Zoë Ångström", "Lea-Marie Zorn");
        assertThat(names(page(room, "angs", null))).containsExactly("Zoë Ångström");
        assertThat(names(page(room, "ann l", null))).containsExactly("Ann Lee");
        assertThat(names(page(room, "MARIE", null))).containsExactly("Lea-Marie Zorn");
        assertThat(names(page(room, "nobody", null))).isEmpty();
    }

    @Test
    void whoseNameMatchesTwiceAreListedOnce() {
        assertThat(names(page(room("Ann Annabel Anna", "Bo"), "ann", null))).containsExactly("Ann Annabel Anna");
    }

    @Test
    void comeByPagesThatLeaveNobodyOutAndShowNobodyTwice() {
        var room =
                room(IntStream.range(0, 1_000).mapToObj(n -> "Name " + n % 300).toArray(String[]::new));
        var found = new ArrayList<ParticipantId>();
        PeopleCursor cursor = null;
        do {
            var page = page(room, null, cursor);
            assertThat(page.people()).hasSizeLessThanOrEqualTo(NameIndex.PAGE);
            assertThat(page.audience()).isEqualTo(1_000);
            page.people().forEach(who -> found.add(who.id()));
            cursor = page.cursor();
        } while (cursor != null);
        assertThat(found).hasSize(1_000).doesNotHaveDuplicates();
    }

    @Test
    void thatComeAndGoBetweenTwoPagesDoNotDisturbTheOthers() {
        var room = room(IntStream.range(100, 200).mapToObj(n -> "n" + n).toArray(String[]::new));
        var first = page(room, null, null);
        var last = first.people().getLast();
        var later = room.and(
                new ParticipantLeft(last.id(), LeaveReason.LEFT, 99),
                new ParticipantRenamed(first.people().getFirst().id(), new DisplayName("n999")));
        assertThat(names(page(later, null, first.cursor())))
                .hasSize(50)
                .startsWith("n150")
                .endsWith("n199");
    }

    @Test
    void cursorsThatWereNeverGivenAreRefused() {
        room("Ann")
                .when(new ListPeople(READER, null, new PeopleCursor("nonsense")))
                .thenRefused("bad-field");
        room("Ann")
                .when(new ListPeople(READER, null, new PeopleCursor("ann $$")))
                .thenRefused("bad-field");
    }

    @Test
    void areToldToThoseInTheRoom() {
        room("Ann")
                .when(new ListPeople(new ParticipantId("nobody"), null, null))
                .thenRefused("not-found");
    }

    @Test
    void areToldToAnOperatorWhoIsNotInTheRoom() {
        var all = room("Ann", "Bob")
                .when(new ListPeople(null, null, null))
                .events()
                .getFirst();
        assertThat(names((PeopleListed) all)).containsExactly("Ann", "Bob");
        RoomScenario.givenNothing().when(new ListPeople(null, null, null)).thenRefused("not-found");
    }

    @Test
    void withLongAndStrangeNamesHaveGoodCursors() {
        var strange = "\uFDFA".repeat(40);
        var names = IntStream.range(0, 120).mapToObj(n -> strange).toArray(String[]::new);
        var first = page(room(names), null, null);
        assertThat(first.people()).hasSize(NameIndex.PAGE);
        assertThat(page(room(names), null, first.cursor()).people()).hasSize(NameIndex.PAGE);
    }

    private static RoomScenario room(String... names) {
        var room = given(Cast.OPENED);
        for (var n = 0; n < names.length; n++) {
            var who = new Participant(new ParticipantId("p" + n), new DisplayName(names[n]), Role.VIEWER);
            room = room.and(Cast.joined(who, Grants.OPEN, n + 1));
        }
        return room;
    }

    private static PeopleListed page(RoomScenario room, String query, PeopleCursor cursor) {
        return (PeopleListed)
                room.when(new ListPeople(READER, query, cursor)).events().getFirst();
    }

    private static List<String> names(PeopleListed page) {
        return page.people().stream().map(who -> who.name().value()).toList();
    }
}
