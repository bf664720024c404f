package dev.grandstand.e2e.simulation;

import dev.grandstand.allocator.scaling.Schedule;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** Everything that fleets go through. */
final class Scenarios {

    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;
    private static final int SEATS = 100;
    /** Of a relay on a larger machine. */
    private static final int MANY_SEATS = 500;

    private static final int START = 15 * MINUTE;
    private static final int END = START + HOUR;
    private static final DoubleUnaryOperator NOBODY = t -> 0;
    private static final DoubleUnaryOperator FEW = t -> 2_000;

    private final int boot;
    private final SplittableRandom seeds;
    private final List<Scenario> all = new ArrayList<>();

    private Scenarios(int boot, long seed) {
        this.boot = boot;
        this.seeds = new SplittableRandom(seed + boot);
    }

    /** @param boot seconds that a node takes at most */
    static List<Scenario> with(int boot, long seed) {
        var made = new Scenarios(boot, seed);
        made.announced();
        made.unannounced();
        made.courses();
        return made.all;
    }

    private void announced() {
        var kind = Scenario.Kind.SCHEDULED;
        show("announced", "Announced spike: 0 → 100,000 in 60 s", kind, SEATS, spike(100_000, MINUTE), 100_000);
        show(
                "announced_million",
                "Announced spike: 0 → 1,000,000 in 5 min",
                kind,
                MANY_SEATS,
                spike(1_000_000, 5 * MINUTE),
                1_000_000);
    }

    private void unannounced() {
        var kind = Scenario.Kind.UNSCHEDULED;
        show("unannounced", "Unannounced spike: 0 → 100,000 in 60 s", kind, SEATS, spike(100_000, MINUTE), 0);
        show(
                "unannounced_million",
                "Unannounced spike: 0 → 1,000,000 in 5 min",
                kind,
                MANY_SEATS,
                spike(1_000_000, 5 * MINUTE),
                0);
        show("larger", "Twice as many come as were announced", kind, SEATS, spike(100_000, 2 * MINUTE), 50_000);
    }

    private void courses() {
        show("smaller", "Less than half come", Scenario.Kind.COURSE, SEATS, spike(40_000, 2 * MINUTE), 100_000);
        course(
                "waves",
                "Waves between 5,000 and 50,000",
                t -> 27_500 - 22_500 * Math.cos(2 * Math.PI * t / (40 * MINUTE)));
        course("growth", "Slow growth from 1,000 to 100,000", t -> 1_000 + 99_000.0 * t / (2 * HOUR));
        course("flapping", "10,000 and 16,000 by turns, 90 s each", t -> t % 180 < 90 ? 10_000 : 16_000);
        add(
                "losses",
                "50,000; a tenth, then a third of the nodes die",
                Scenario.Kind.COURSE,
                SEATS,
                audience(2 * HOUR, t -> 50_000, NOBODY),
                Schedule.NONE,
                List.of(new Scenario.Loss(30 * MINUTE, 0.1), new Scenario.Loss(75 * MINUTE, 1 / 3.0)));
    }

    private static DoubleUnaryOperator spike(int people, int ramp) {
        return t -> t < START
                ? 0
                : t < START + ramp
                        ? people * (t - START + 1) / (double) ramp
                        : t < END ? people : Math.max(0, people * (1 - (t - END) / (5.0 * MINUTE)));
    }

    private void show(
            String name, String title, Scenario.Kind kind, int seats, DoubleUnaryOperator people, int announced) {
        var schedule = announced == 0
                ? Schedule.NONE
                : new Schedule(List.of(new ScheduledShow(
                        new ShowId(name),
                        new RoomId("show"),
                        World.BEGIN.plusSeconds(START),
                        World.BEGIN.plusSeconds(END),
                        announced)));
        add(name, title, kind, seats, audience(END + 30 * MINUTE, FEW, people), schedule, List.of());
    }

    private void course(String name, String title, DoubleUnaryOperator people) {
        add(name, title, Scenario.Kind.COURSE, SEATS, audience(2 * HOUR, people, NOBODY), Schedule.NONE, List.of());
    }

    private Audience audience(int seconds, DoubleUnaryOperator base, DoubleUnaryOperator show) {
        return Audience.of(seconds, base, show, seeds.split());
    }

    private void add(
            String name,
            String title,
            Scenario.Kind kind,
            int seats,
            Audience audience,
            Schedule schedule,
            List<Scenario.Loss> losses) {
        all.add(new Scenario(name, title, kind, boot, seats, audience, schedule, losses, seeds.nextLong()));
    }
}
