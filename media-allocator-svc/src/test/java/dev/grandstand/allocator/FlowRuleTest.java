package dev.grandstand.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.FlowRule.Missing;
import dev.grandstand.protocol.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowRuleTest {

    private static final NodeId NODE = new NodeId("a");
    private static final Missing ANN = new Missing("ann", false);
    private static final Missing BOB = new Missing("bob", false);

    private final FlowRule rule = new FlowRule(Duration.ofSeconds(3));

    private boolean isDead(int second, Missing... missing) {
        return rule.isDead(NODE, List.of(missing), Instant.ofEpochSecond(second));
    }

    @Test
    void nothingFromTwoPeopleForAWhileIsTheNodesFault() {
        assertThat(isDead(0, ANN, BOB)).isFalse();
        assertThat(isDead(2, ANN, BOB)).isFalse();
        assertThat(isDead(3, ANN, BOB)).isTrue();
    }

    @Test
    void nothingFromOnePersonIsTheirOwn() {
        var screen = new Missing("ann", false);
        isDead(0, ANN, screen);

        assertThat(isDead(60, ANN, screen)).isFalse();
    }

    @Test
    void aFedLinkThatBringsNothingIsEnough() {
        isDead(0, new Missing("origin", true));

        assertThat(isDead(3, new Missing("origin", true))).isTrue();
    }

    @Test
    void aLinkThatIsNotFedSaysNothing() {
        isDead(0, new Missing("origin", false));

        assertThat(isDead(60, new Missing("origin", false))).isFalse();
    }

    @Test
    void whateverArrivesBeginsThePatienceAnew() {
        isDead(0, ANN, BOB);
        isDead(2);
        isDead(4, ANN, BOB);

        assertThat(isDead(6, ANN, BOB)).isFalse();
        assertThat(isDead(7, ANN, BOB)).isTrue();
    }

    @Test
    void nodesAreJudgedApart() {
        isDead(0, ANN, BOB);

        assertThat(rule.isDead(new NodeId("b"), List.of(ANN, BOB), Instant.ofEpochSecond(9)))
                .isFalse();
    }
}
