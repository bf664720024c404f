package dev.grandstand.relay.kurento;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {

    private final MutableClock clock = new MutableClock();
    private final ResponseCache cache = new ResponseCache(2);

    @Test
    void keepsTheFirstAnswerForItsLifetime() {
        cache.add("1", "first", clock.instant());
        cache.add("1", "second", clock.instant());
        clock.advance(ResponseCache.LIFETIME.minusMillis(1));
        assertThat(cache.find("1", clock.instant())).contains("first");
        clock.advance(Duration.ofMillis(1));
        assertThat(cache.find("1", clock.instant())).isEmpty();
    }

    @Test
    void forgetsTheOldestWhenItIsFull() {
        cache.add("1", "a", clock.instant());
        cache.add("2", "b", clock.instant());
        cache.add("3", "c", clock.instant());
        assertThat(cache.find("1", clock.instant())).isEmpty();
        assertThat(cache.find("2", clock.instant())).contains("b");
        assertThat(cache.find("3", clock.instant())).contains("c");
    }
}
