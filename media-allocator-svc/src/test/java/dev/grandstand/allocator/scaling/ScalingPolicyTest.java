package dev.grandstand.allocator.scaling;

import static dev.grandstand.protocol.scaling.ScaleDecision.Direction.DOWN;
import static dev.grandstand.protocol.scaling.ScaleDecision.Direction.STAY;
import static dev.grandstand.protocol.scaling.ScaleDecision.Direction.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.Demand;
import dev.grandstand.protocol.scaling.FleetFigures;
import dev.grandstand.protocol.scaling.ScaleDecision;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A hundred seats a node, thirty seconds to boot one. */
class ScalingPolicyTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final RoomId ROOM = new RoomId("show");

    private final ScalingPolicy policy = new ScalingPolicy(ScalingRules.DEFAULT);
    private Schedule schedule = Schedule.NONE;
    private Instant now = NOON;

    @Test
    void anEmptyFleetKeepsOneNodeReady() {
        assertThat(decide(0, 0, 0).nodes()).isEqualTo(1);
        assertThat(decide(1, 0, 0).direction()).isEqualTo(STAY);
    }

    @Test
    void whoeverWaitsIsMadeRoomForAtOnce() {
        var decision = decide(1, 100, 300);

        assertThat(decision.nodes()).isEqualTo(5);
        assertThat(decision.direction()).isEqualTo(UP);
        assertThat(decision.reason())
                .isEqualTo("up from 1 to 5: 100 seated, 300 waiting, 100 in reserve; 100 seats a node");
    }

    @Test
    void aFifthMoreIsKeptFree() {
        assertThat(decide(10, 1_000, 0).nodes()).isEqualTo(12);
    }

    @Test
    void growthIsMetBeforeItComes() {
        decide(12, 1_000, 0);
        passes(Duration.ofSeconds(10));

        assertThat(decide(12, 1_200, 0).need().growth()).isEqualTo(600);
    }

    @Test
    void aFirstHandfulIsNoTrendToAThousand() {
        decide(1, 0, 0);
        passes(Duration.ofSeconds(2));

        assertThat(decide(1, 30, 0).nodes()).isEqualTo(2);
    }

    @Test
    void aShowsNodesServeBeforeItStarts() {
        schedule = new Schedule(List.of(show(NOON.plusSeconds(100), 1_000)));

        assertThat(decide(1, 0, 0).nodes()).isEqualTo(1);
        now = NOON.plusSeconds(10);
        var decision = decide(1, 0, 0);
        assertThat(decision.nodes()).isEqualTo(11);
        assertThat(decision.shows()).hasSize(1);
        assertThat(decision.reason()).contains("1000 expected by announced shows");
    }

    @Test
    void whoHasComeToAShowIsExpectedNoMore() {
        schedule = new Schedule(List.of(show(NOON, 1_000)));

        assertThat(decide(11, 400, 0).need().announced()).isEqualTo(600);
    }

    @Test
    void thatAnAnnouncedAudienceComesIsNoTrend() {
        schedule = new Schedule(List.of(show(NOON, 1_000)));
        decide(11, 0, 0);
        passes(Duration.ofSeconds(10));

        assertThat(decide(11, 900, 0).need().growth()).isZero();
    }

    @Test
    void anAnnouncedAudienceNeedsHalfTheHeadroomUntilLongAfterItsEnd() {
        schedule = new Schedule(List.of(show(NOON, 1_000)));
        now = NOON.plus(Duration.ofMinutes(119));
        assertThat(decide(11, 1_500, 0).need().headroom()).isEqualTo(200);
        now = NOON.plus(Duration.ofMinutes(120));
        assertThat(decide(11, 1_500, 0).need().headroom()).isEqualTo(300);
    }

    @Test
    void whoHasNotComeInTimeIsNotWaitedFor() {
        schedule = new Schedule(List.of(show(NOON, 1_000)));
        now = NOON.plus(ScalingRules.DEFAULT.arrival());

        assertThat(decide(11, 400, 0).need().announced()).isZero();
    }

    @Test
    void fewerNodesAreEnoughForAWholeMinuteFirst() {
        decide(5, 100, 0);
        passes(Duration.ofSeconds(59));
        assertThat(decide(5, 100, 0).direction()).isEqualTo(STAY);
        passes(Duration.ofSeconds(1));

        var decision = decide(5, 100, 0);
        assertThat(decision.nodes()).isEqualTo(4);
        assertThat(decision.direction()).isEqualTo(DOWN);
        assertThat(decision.reason()).startsWith("down from 5 to 4: 2 would do");
    }

    @Test
    void oneStepDownIsTakenInACoolDown() {
        decide(5, 100, 0);
        passes(Duration.ofSeconds(60));
        decide(5, 100, 0);
        passes(Duration.ofSeconds(29));
        assertThat(decide(4, 100, 0).nodes()).isEqualTo(4);
        passes(Duration.ofSeconds(1));
        assertThat(decide(4, 100, 0).nodes()).isEqualTo(3);
    }

    @Test
    void noNodeGoesWhileSomebodyWaits() {
        decide(5, 100, 0);
        passes(Duration.ofSeconds(60));

        assertThat(decide(5, 100, 1).direction()).isEqualTo(STAY);
    }

    @Test
    void aNodeThatDoesNotStartIsReplaced() {
        var decision =
                policy.decide(new FleetFigures(2, 1, 1, 0, 100, Duration.ofSeconds(30)), demand(50, 0), schedule, now);

        assertThat(decision.nodes()).isEqualTo(3);
        assertThat(decision.reason()).contains("1 more for nodes that do not start");
    }

    @Test
    void theReasonSaysThatABoundHolds() {
        var decision = decide(100, 9_999, 5_000);

        assertThat(decision.nodes()).isEqualTo(100);
        assertThat(decision.reason()).endsWith("180 are needed, but 100 is the most allowed");
    }

    @Test
    void aDecisionIsJsonAndBack() throws Exception {
        schedule = new Schedule(List.of(show(NOON, 1_000)));
        var decision = decide(1, 50, 5);

        var type = new TypeReference<ScaleDecision>() {};
        assertThat(Json.decode(Json.encode(decision, type), type)).isEqualTo(decision);
    }

    private ScaleDecision decide(int ordered, int seated, int waiting) {
        return policy.decide(
                new FleetFigures(ordered, ordered, 0, 0, 100, Duration.ofSeconds(30)),
                demand(seated, waiting),
                schedule,
                now);
    }

    private static Demand demand(int seated, int waiting) {
        return new Demand(seated, waiting, Map.of(ROOM, seated + waiting));
    }

    private void passes(Duration time) {
        now = now.plus(time);
    }

    private static ScheduledShow show(Instant startsAt, int audience) {
        return new ScheduledShow(new ShowId("show-1"), ROOM, startsAt, startsAt.plus(Duration.ofHours(1)), audience);
    }
}
