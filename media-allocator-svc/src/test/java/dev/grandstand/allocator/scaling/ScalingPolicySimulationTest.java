package dev.grandstand.allocator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.Demand;
import dev.grandstand.protocol.scaling.FleetFigures;
import dev.grandstand.protocol.scaling.ScaleDecision;
import dev.grandstand.protocol.scaling.ScaleDecision.Direction;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, a decision keeps its promises. A failure repeats from its seed. */
class ScalingPolicySimulationTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T18:00:00Z");
    private static final RoomId ROOM = new RoomId("show");
    private static final int DECISIONS = 3_000;

    private final ScalingRules rules = ScalingRules.DEFAULT.between(2, 60);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void promisesAreKept(long seed) {
        var random = new SplittableRandom(seed);
        var policy = new ScalingPolicy(rules);
        var twin = new ScalingPolicy(rules);
        var seen = new ArrayList<ScaleDecision>();
        var now = BEGIN;
        int ordered = random.nextInt(2, 61);
        int people = 0;
        for (int i = 0; i < DECISIONS; i++) {
            now = now.plusMillis(random.nextInt(200, 4_000));
            people = Math.max(0, people + random.nextInt(-60, 61) + (random.nextInt(200) == 0 ? 1_500 : 0));
            people = random.nextInt(300) == 0 ? people / 4 : people;
            int waiting = random.nextInt(3) == 0 ? random.nextInt(1 + people) : 0;
            var demand = new Demand(people - waiting, waiting, Map.of(ROOM, people / 2));
            var fleet = new FleetFigures(
                    ordered, random.nextInt(1 + ordered), random.nextInt(10) == 0 ? 1 : 0, 0, 50, boot(random));
            var schedule = schedule(random);

            var decision = policy.decide(fleet, demand, schedule, now);
            assertThat(twin.decide(fleet, demand, schedule, now)).isEqualTo(decision);
            judge(decision, seen);
            seen.add(decision);
            // Now and then somebody else scales, or a node is lost.
            ordered = random.nextInt(100) == 0 ? random.nextInt(2, 61) : decision.nodes();
        }
        assertThat(seen).extracting(ScaleDecision::direction).contains(Direction.UP, Direction.DOWN, Direction.STAY);
    }

    private void judge(ScaleDecision decision, List<ScaleDecision> before) {
        int ordered = decision.fleet().ordered();
        assertThat(decision.nodes()).isBetween(rules.min(), rules.max());
        assertThat(decision.reason()).isNotBlank();
        assertThat(decision.direction()).isEqualTo(direction(decision.nodes() - ordered));
        assertThat(decision.nodes())
                .as("enough, as far as the bounds allow: " + decision.reason())
                .isGreaterThanOrEqualTo(Math.min(
                        rules.max(), decision.need().nodes() + decision.fleet().stuck()));
        if (decision.direction() != Direction.DOWN) {
            return;
        }
        assertThat(decision.demand().waiting()).isZero();
        assertThat(ordered - decision.nodes()).isLessThanOrEqualTo((int) Math.max(1, ordered * rules.stepDown()));
        for (var earlier : before) {
            if (earlier.at().isAfter(decision.at().minus(rules.quiet()))) {
                assertThat(earlier.need().nodes())
                        .as("no less than was needed lately")
                        .isLessThanOrEqualTo(decision.nodes());
            }
            if (earlier.direction() != Direction.STAY) {
                assertThat(earlier.at().plus(rules.coolDown())).isBeforeOrEqualTo(decision.at());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void moreDemandNeverMeansFewerNodes(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            var fleet = new FleetFigures(random.nextInt(2, 61), 2, 0, 0, 50, boot(random));
            var schedule = schedule(random);
            var nodes = new ArrayList<Integer>();
            for (int people = 0; people < 3_500; people += 70) {
                var demand = new Demand(people, 0, Map.of(ROOM, people / 2));
                nodes.add(new ScalingPolicy(rules)
                        .decide(fleet, demand, schedule, BEGIN)
                        .nodes());
            }
            assertThat(nodes).isSortedAccordingTo(Comparator.naturalOrder());
        }
    }

    private static Direction direction(int by) {
        return by > 0 ? Direction.UP : by < 0 ? Direction.DOWN : Direction.STAY;
    }

    private static Duration boot(SplittableRandom random) {
        return Duration.ofSeconds(random.nextInt(1, 181));
    }

    private static Schedule schedule(SplittableRandom random) {
        if (random.nextBoolean()) {
            return Schedule.NONE;
        }
        var startsAt = BEGIN.plusSeconds(random.nextInt(7_000));
        return new Schedule(List.of(new ScheduledShow(
                new ShowId("show"), ROOM, startsAt, startsAt.plusSeconds(1_800), random.nextInt(1, 2_000))));
    }
}
