package dev.grandstand.chat;

import static dev.grandstand.chat.ChatScenario.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ParticipantId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpeakersTest {

    @Test
    void ofTooManyWhoeverHasBeenQuietForLongestIsForgotten() {
        var speakers = Speakers.NONE;
        for (int n = 0; n < Speakers.MOST; n++) {
            speakers = post(speakers, n / 1000.0, "p" + n);
        }
        speakers = post(speakers, 10, "p0");
        assertThat(speakers.known()).hasSize(Speakers.MOST);

        speakers = post(speakers, 11, "new");

        assertThat(speakers.known())
                .hasSize(Speakers.MOST)
                .containsKeys(new ParticipantId("new"), new ParticipantId("p0"))
                .doesNotContainKey(new ParticipantId("p1"));
        assertThat(speakers.byQuiet()).hasSize(Speakers.MOST);
    }

    @Test
    void aClockThatIsBehindMakesNobodyQuietEarlier() {
        var speakers = post(post(Speakers.NONE, 10, "ann"), 9, "ann");

        assertThat(speakers.byQuiet())
                .containsExactly(new Speakers.Quiet(ChatScenario.at(10), new ParticipantId("ann")));
    }

    private static Speakers post(Speakers speakers, double seconds, String who) {
        return speakers.posted(said("m", seconds, who, "text"), null, Duration.ZERO);
    }
}
