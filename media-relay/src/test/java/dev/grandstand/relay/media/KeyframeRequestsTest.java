package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyframeRequestsTest {

    private static final long MS = 1_000_000;

    private final KeyframeRequests requests = new KeyframeRequests();

    @Test
    void theFirstRequestIsSentAtOnceAndThoseRightAfterItAreMerged() {
        assertThat(requests.request(0)).isTrue();
        for (long now = 1; now < 400; now += 10) {
            assertThat(requests.request(now * MS)).isFalse();
        }
    }

    @Test
    void aRequestThatCameTooEarlyIsSentLater() {
        requests.request(0);
        requests.keyframeArrived();
        assertThat(requests.request(100 * MS)).isFalse();

        assertThat(requests.due(399 * MS)).isFalse();
        assertThat(requests.due(400 * MS)).isTrue();
        requests.keyframeArrived();
        assertThat(requests.due(2_000 * MS)).isFalse();
        assertThat(requests.pending()).isFalse();
    }

    @Test
    void aRequestWithoutAnAnswerIsRepeatedButNotForEver() {
        assertThat(requests.request(0)).isTrue();
        int sent = 1;
        for (long now = 0; now < 120_000; now += 10) {
            sent += requests.due(now * MS) ? 1 : 0;
        }

        assertThat(sent).isBetween(10, 80);
        assertThat(requests.pending()).isFalse();
        assertThat(requests.request(200_000 * MS)).isTrue();
    }
}
