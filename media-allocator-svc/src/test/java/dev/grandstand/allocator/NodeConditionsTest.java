package dev.grandstand.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.fleet.SeatBounds;
import dev.grandstand.allocator.fleet.Wear;
import dev.grandstand.mediaclient.NodeLoad;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeConditionsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final NodeRef A = node("a");
    private static final NodeRef B = node("b");

    private final NodeConditions conditions =
            new NodeConditions(new SeatBounds(10, 100, 400, 0.6), new Wear(1_000, Duration.ofHours(10)));

    @Test
    void aNodeThatRefusesIsFullForAWhile() {
        conditions.refused(A, 70, NOON);

        assertThat(conditions.seats(A, 60, NOON.plusSeconds(59))).isEqualTo(70);
        assertThat(conditions.seats(A, 60, NOON.plusSeconds(60))).isEqualTo(100);
        assertThat(conditions.isWorn(A, load(0, 0), NOON)).isFalse();
    }

    @Test
    void aNodeThatRefusesWhileHalfEmptyIsWornUntilItIsAnotherProcess() {
        conditions.refused(A, 30, NOON);
        assertThat(conditions.isWorn(A, load(0, 0), NOON)).isTrue();

        conditions.forget(A);

        assertThat(conditions.isWorn(A, load(0, 0), NOON)).isFalse();
        assertThat(conditions.seats(A, 0, NOON)).isEqualTo(100);
    }

    @Test
    void aNodeThatHasGrownOrIsOldIsWorn() {
        assertThat(conditions.isWorn(A, load(0, 799), NOON)).isFalse();
        assertThat(conditions.isWorn(A, load(0, 800), NOON)).isTrue();
        assertThat(conditions.isWorn(A, load(0, 0), NOON.plus(Duration.ofHours(8))))
                .isTrue();
    }

    @Test
    void aNewNodeIsTakenToBeLikeTheOthers() {
        for (int i = 0; i < 200; i++) {
            conditions.looked(A, 60, load(15, 0));
        }

        assertThat(conditions.seats(A, 60, NOON)).isBetween(225, 240);
        assertThat(conditions.seats(B, 0, NOON)).isEqualTo(conditions.seats(A, 0, NOON));
    }

    @Test
    void seatsThatAreTakenAreNotTakenBack() {
        for (int i = 0; i < 200; i++) {
            conditions.looked(A, 60, load(90, 0));
        }

        assertThat(conditions.seats(A, 60, NOON)).isEqualTo(60);
        assertThat(conditions.seats(A, 20, NOON)).isBetween(38, 44);
    }

    private static NodeLoad load(double cpuPercent, long memory) {
        return new NodeLoad(1, 1, cpuPercent, memory, NOON);
    }

    private static NodeRef node(String name) {
        return new NodeRef(new NodeId(name), URI.create("ws://" + name + ":8888/kurento"));
    }
}
