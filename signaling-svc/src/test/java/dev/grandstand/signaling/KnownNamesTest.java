package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.Mention;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KnownNamesTest {

    private final KnownNames names = new KnownNames();

    @Test
    void namesAreFoundWhereverAWordBegins() {
        know("ann", "Ann");
        know("bob", "Bob");

        assertThat(mentioned("@Ann, look: (@bob)!")).isEqualTo("ann bob");
        assertThat(mentioned("@ann")).isEqualTo("ann");
        assertThat(mentioned("write to me@ann.example")).isEmpty();
        assertThat(mentioned("@annabel @ @@ Ann")).isEmpty();
        assertThat(mentioned("@ann's")).isEqualTo("ann");
    }

    @Test
    void theLongestNameIsMeant() {
        know("ann", "Ann");
        know("lee", "Ann Lee");

        assertThat(mentioned("@Ann Lee is here")).isEqualTo("lee");
        assertThat(mentioned("@Ann Leeds is not")).isEqualTo("ann");
    }

    @Test
    void everybodyOfTheNameIsMentionedAndEachOnce() {
        know("a1", "Ann");
        know("a2", "ann");

        assertThat(names.mentionedIn("@ann @ANN"))
                .containsExactlyInAnyOrder(
                        new Mention(new ParticipantId("a1"), new DisplayName("Ann")),
                        new Mention(new ParticipantId("a2"), new DisplayName("ann")));
    }

    @Test
    void aNewNameReplacesTheOld() {
        know("ann", "Ann");
        names.renamed(new ParticipantId("ann"), new DisplayName("Anna"));
        names.renamed(new ParticipantId("stranger"), new DisplayName("Zoe"));

        assertThat(mentioned("@Ann @Anna @Zoe")).isEqualTo("ann");
        assertThat(mentioned("@Ann")).isEmpty();
    }

    @Test
    void whoeverLeftIsNotMentioned() {
        know("ann", "Ann");
        names.forget(new ParticipantId("ann"));

        assertThat(mentioned("@Ann")).isEmpty();
    }

    @Test
    void atMostTenAreMentionedAndFiveHundredKnown() {
        for (int n = 0; n < 600; n++) {
            know("p" + n, "P" + n);
        }

        assertThat(mentioned("@P99")).isEmpty();
        assertThat(mentioned("@P100")).isEqualTo("p100");
        assertThat(names.mentionedIn("@P200 @P201 @P202 @P203 @P204 @P205 @P206 @P207 @P208 @P209 @P210"))
                .hasSize(10);
    }

    @Test
    void namesOfPicturesAndOtherLettersWork() {
        know("party", "🎉 Zoë");
        know("jp", "日本");

        assertThat(mentioned("@🎉 zoë hi @日本")).isEqualTo("party jp");
    }

    private void know(String id, String name) {
        names.heard(new ParticipantId(id), new DisplayName(name));
    }

    private String mentioned(String text) {
        return names.mentionedIn(text).stream()
                .map(mention -> mention.participant().value())
                .collect(Collectors.joining(" "));
    }
}
