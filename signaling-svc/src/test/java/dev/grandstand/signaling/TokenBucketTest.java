package dev.grandstand.signaling;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

    private long now;

    @Test
    void aBurstIsAllowedAndThenTheRate() {
        var bucket = new TokenBucket(new Allowance(3, 2), now);

        assertThat(takeAll(bucket)).isEqualTo(3);
        now += MILLISECONDS.toNanos(500);
        assertThat(takeAll(bucket)).isEqualTo(1);
        now += SECONDS.toNanos(100);
        assertThat(takeAll(bucket)).isEqualTo(3);
    }

    @Test
    void neverMoreThanBurstAndRateInAnyPattern() {
        var random = new Random(7);
        var bucket = new TokenBucket(new Allowance(10, 5), now);
        var taken = 0;
        for (int i = 0; i < 10_000; i++) {
            now += MILLISECONDS.toNanos(random.nextInt(200));
            taken += bucket.take(1, now) ? 1 : 0;
            assertThat(taken).isLessThanOrEqualTo(10 + (int) (5 * now / SECONDS.toNanos(1)) + 1);
        }
    }

    @Test
    void addressesDoNotShareAndAreForgotten() {
        var limits = new AddressLimits(new Allowance(2, 1), () -> now);
        assertThat(limits.take("a") && limits.take("a")).isTrue();
        assertThat(limits.take("a")).isFalse();
        assertThat(limits.take("b")).isTrue();
        assertThat(limits.known()).isEqualTo(2);

        now += SECONDS.toNanos(60);
        assertThat(limits.take("c")).isTrue();
        assertThat(limits.known()).isEqualTo(1);
    }

    @Test
    void moreAddressesThanFitShareOneBucket() {
        var limits = new AddressLimits(new Allowance(2, 1), () -> now);
        for (int i = 0; i < AddressLimits.MOST_ADDRESSES; i++) {
            limits.take("address-" + i);
        }

        assertThat(limits.take("x") && limits.take("y")).isTrue();
        assertThat(limits.take("z")).isFalse();
        assertThat(limits.known()).isLessThanOrEqualTo(AddressLimits.MOST_ADDRESSES + 1);
    }

    @Test
    void unlimitedIsUnlimited() {
        var limits = new AddressLimits(Allowance.UNLIMITED, () -> now);
        for (int i = 0; i < 100_000; i++) {
            assertThat(limits.take("a")).isTrue();
        }
        assertThat(limits.known()).isZero();
    }

    @Test
    void anAllowanceIsReadFromItsVariable() {
        assertThat(allowance("100+20/s")).isEqualTo(new Allowance(100, 20));
        assertThat(allowance("unlimited").isUnlimited()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100/s", "-1+2/s", "a+b/s", "1+1/m"})
    void aBadAllowanceIsRefusedByItsVariable(String text) {
        assertThatThrownBy(() -> allowance(text))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("NAME=" + text);
    }

    private static Allowance allowance(String text) {
        return Allowance.from(new Env(Map.of("NAME", text)), "NAME", Allowance.UNLIMITED);
    }

    private int takeAll(TokenBucket bucket) {
        var taken = 0;
        while (bucket.take(1, now)) {
            taken++;
        }
        return taken;
    }
}
