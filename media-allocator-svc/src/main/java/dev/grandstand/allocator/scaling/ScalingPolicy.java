package dev.grandstand.allocator.scaling;

import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.scaling.Demand;
import dev.grandstand.protocol.scaling.FleetFigures;
import dev.grandstand.protocol.scaling.Need;
import dev.grandstand.protocol.scaling.ScaleDecision;
import dev.grandstand.protocol.scaling.ScaleDecision.Direction;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides how many media nodes there are to be.
 *
 * <p><b>Need.</b> Seats for everybody who sits or waits, for those whom announced shows still expect, and a reserve: the larger
 * of the headroom and of what the growth seen lately comes to in the time that a node takes to boot. A show counts from
 * when nodes have to be ordered so that they serve before it starts, until its audience has had time to come.
 *
 * <p><b>Up</b> at once, to all that is needed. <b>Down</b> only while nobody waits, when fewer have been enough for the whole
 * quiet time, a step at a time, with a cool-down after every change; never below what was needed at any moment of the quiet
 * time. Which nodes go is the caller's matter.
 *
 * <p>To be asked regularly, every few seconds at most. Remembers what it was asked during the last minute or so; who takes over
 * begins with a new one, which lets no node go before the quiet time is over. Confined to one thread; the same questions get
 * the same answers.
 */
public final class ScalingPolicy {

    /** Shows last longer than was said, and people stay a while: who came to a show is its audience for so long. */
    private static final Duration OVERRUN = Duration.ofHours(1);

    private final ScalingRules rules;
    private final Trend trend = new Trend();
    private final Calm calm;
    private @Nullable Instant changed;
    private int ordered = -1;

    /** Remembers nothing yet. */
    public ScalingPolicy(ScalingRules rules) {
        this.rules = rules;
        this.calm = new Calm(rules.quiet());
    }

    /** @param now not before the last one */
    public ScaleDecision decide(FleetFigures fleet, Demand demand, Schedule schedule, Instant now) {
        var shows = known(schedule, fleet, now);
        var came = Schedule.came(shows, demand);
        trend.observe(demand, came, fleet.boot(), now);
        var coming = shows.stream()
                .filter(show -> now.isBefore(show.endsAt())
                        && now.isBefore(show.startsAt().plus(rules.arrival())))
                .toList();
        var need = need(fleet, demand, coming, came);
        int wanted = Math.min(rules.max(), Math.max(rules.min(), need.nodes() + fleet.stuck()));
        calm.observe(wanted, now);
        if (ordered >= 0 && ordered != fleet.ordered()) {
            changed = now;
        }
        int nodes = wanted > fleet.ordered() ? wanted : down(fleet, demand, now);
        if (nodes != fleet.ordered()) {
            changed = now;
        }
        ordered = nodes;
        var reason = new Reason(rules, fleet, need).of(wanted, nodes);
        return new ScaleDecision(now, nodes, direction(nodes, fleet), reason, need, fleet, demand, coming);
    }

    private List<ScheduledShow> known(Schedule schedule, FleetFigures fleet, Instant now) {
        var horizon = now.plus(fleet.boot()).plus(rules.readyBefore());
        return schedule.shows().stream()
                .filter(show -> !show.startsAt().isAfter(horizon)
                        && now.isBefore(show.endsAt().plus(OVERRUN)))
                .toList();
    }

    private Need need(FleetFigures fleet, Demand demand, List<ScheduledShow> coming, Map<RoomId, Integer> came) {
        int announced = Schedule.expected(coming).entrySet().stream()
                .mapToInt(
                        show -> Math.max(0, show.getValue() - demand.audiences().getOrDefault(show.getKey(), 0)))
                .sum();
        int guests = came.values().stream().mapToInt(Integer::intValue).sum();
        double share = (demand.people() - guests) * rules.headroom() + guests * rules.announcedHeadroom();
        int headroom = Math.max(fleet.seatsPerNode(), (int) Math.ceil(share));
        // A guess from a few seconds must not order more than as many again.
        int growth = (int) Math.min(demand.people() / 2, Math.ceil(trend.over(fleet.boot())));
        long seats = (long) demand.people() + announced + Math.max(growth, headroom);
        int nodes = (int) Math.ceilDiv(seats, fleet.seatsPerNode());
        return new Need(demand.seated(), demand.waiting(), announced, growth, headroom, nodes);
    }

    private int down(FleetFigures fleet, Demand demand, Instant now) {
        var enough = calm.most(now);
        if (enough.isEmpty() || demand.waiting() > 0 || isCooling(now)) {
            return fleet.ordered();
        }
        int step = Math.max(1, (int) (fleet.ordered() * rules.stepDown()));
        return Math.min(fleet.ordered(), Math.max(enough.getAsInt(), fleet.ordered() - step));
    }

    private boolean isCooling(Instant now) {
        return changed != null && now.isBefore(changed.plus(rules.coolDown()));
    }

    private static Direction direction(int nodes, FleetFigures fleet) {
        int by = Integer.compare(nodes, fleet.ordered());
        return by > 0 ? Direction.UP : by < 0 ? Direction.DOWN : Direction.STAY;
    }
}
