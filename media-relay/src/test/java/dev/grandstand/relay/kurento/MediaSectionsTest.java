package dev.grandstand.relay.kurento;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MediaSectionsTest {

    private final MediaSections sections =
            MediaSections.of("v=0\r\nm=audio 9 X 1\r\na=mid:a\r\nm=video 9 X 2\r\na=mid:v\r\n");

    @Test
    void theMidDecidesIfThereIsOne() {
        assertThat(sections.contain("v", 7)).isTrue();
        assertThat(sections.contain("x", 0)).isFalse();
    }

    @Test
    void withoutAMidTheIndexDecides() {
        assertThat(sections.contain("", 1)).isTrue();
        assertThat(sections.contain("", 2)).isFalse();
        assertThat(sections.contain("", -1)).isFalse();
        assertThat(MediaSections.of("v=0\r\nm=audio 9 X 1\r\n").contain("0", 0)).isTrue();
    }
}
