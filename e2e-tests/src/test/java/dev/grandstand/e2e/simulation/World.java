package dev.grandstand.e2e.simulation;

import dev.grandstand.allocator.scaling.Strides;
import dev.grandstand.protocol.RoomId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One scenario under one autoscaler, second by second: nodes boot, die and drain, people come, wait, sit down and go. The same
 * seed makes the same run.
 */
final class World {

    /** Second 0. */
    static final Instant BEGIN = Instant.parse("2026-01-01T18:00:00Z");

    static final int MOST_NODES = 20_000;

    /** Seconds that somebody waits before they are sent away. */
    static final int PATIENCE = 300;

    /** {@code GRANDSTAND_MOVES_AT_ONCE}, each of which takes about a second. */
    private static final int MOVES_PER_SECOND = 20;

    /** Where nodes have no seats, they take so many times what they should before they refuse. */
    private static final int HARD_LIMIT = 2;

    /** What a node uses of its CPU when all its seats are taken. */
    private static final double CPU_WHEN_FULL = 80;

    private static final double FASTEST_BOOT = 0.8;

    private final Scenario scenario;
    private final Autoscaler autoscaler;
    private final SplittableRandom random;
    private final Crowd crowd;
    private final Line line = new Line();
    private final Waits waits = new Waits(PATIENCE + 1);
    private final Strides strides = new Strides();
    private final List<Node> nodes = new ArrayList<>();
    private long came;
    private long left;
    private long refused;
    private long moves;
    private int overload;

    World(Scenario scenario, Autoscaler autoscaler) {
        this.scenario = scenario;
        this.autoscaler = autoscaler;
        this.random = scenario.random();
        this.crowd = new Crowd(nodes, scenario.seats() * (autoscaler.hasSeats() ? 1 : HARD_LIMIT));
        for (int i = 0; i <= scenario.audience().people()[0] * 5 / 4 / scenario.seats(); i++) {
            nodes.add(new Node(0));
        }
    }

    Outcome run() {
        int seconds = scenario.audience().seconds();
        var paid = new int[seconds];
        var waiting = new int[seconds];
        for (int t = 0; t < seconds; t++) {
            lose(t);
            go(t);
            came += scenario.audience().coming()[t];
            line.join(scenario.audience().coming()[t], t);
            sit(t);
            line.refuse(PATIENCE, t, this::refuse);
            drain(t);
            if (t % autoscaler.every() == 0) {
                order(autoscaler.nodes(sight(t)), t);
            }
            paid[t] = nodes.size();
            waiting[t] = line.length();
            overload += nodes.stream().anyMatch(node -> node.people() > scenario.seats()) ? 1 : 0;
        }
        return new Outcome(waits, came, left, refused, crowd.people() + line.length(), overload, moves, paid, waiting);
    }

    private void refuse(int people) {
        waits.add(people, PATIENCE);
        refused += people;
    }

    /** Whoever was on a node that died waits again; the Deployment makes another node. */
    private void lose(int t) {
        for (var loss : scenario.losses()) {
            if (loss.at() != t) {
                continue;
            }
            var serving = nodes.stream().filter(node -> node.takesPeople(t)).toList();
            for (int i = 0; i < serving.size() * loss.part(); i++) {
                var dead = serving.get(i);
                nodes.remove(dead);
                line.join(dead.people(), t);
                nodes.add(booting(t));
            }
        }
    }

    /** Fewer than the scenario says, if some of them never got in. */
    private void go(int t) {
        int wanted = scenario.audience().going()[t];
        int before = t == 0 ? 0 : scenario.audience().people()[t - 1];
        int there = crowd.people() + line.length();
        if (wanted == 0 || before == 0 || there == 0) {
            return;
        }
        int going = (int) Math.min(there, Math.round((double) wanted * there / before));
        int fromLine = (int) Math.round((double) going * line.length() / there);
        int gone = crowd.leave(going - fromLine, random.nextDouble());
        int waitingBefore = line.length();
        line.leave(fromLine);
        left += gone + waitingBefore - line.length();
    }

    private void sit(int t) {
        line.serve(crowd.seat(line.length(), t), t, waits::add);
    }

    private void drain(int t) {
        int left = MOVES_PER_SECOND;
        for (var node : draining()) {
            int moved = crowd.seat(Math.min(left, node.people()), t);
            node.add(-moved);
            moves += moved;
            left -= moved;
        }
        letGo(t);
    }

    /** As many as the allocator lets go at once; a second later it has seen which went. Without seats nobody looks. */
    private void letGo(int t) {
        var going = draining().stream()
                .filter(node -> node.people() == 0)
                .limit(autoscaler.hasSeats() ? strides.most() : nodes.size())
                .toList();
        if (nodes.removeAll(going)) {
            strides.right(BEGIN.plusSeconds(t));
        }
    }

    private List<Node> draining() {
        return nodes.stream()
                .filter(Node::isDraining)
                .sorted(Comparator.comparingInt(Node::people))
                .toList();
    }

    private void order(int wanted, int t) {
        int ordered = (int) nodes.stream().filter(node -> !node.isDraining()).count();
        if (autoscaler.hasSeats()) {
            var recalled = draining().reversed().stream()
                    .limit(Math.max(0, wanted - ordered))
                    .toList();
            recalled.forEach(Node::recall);
            ordered += recalled.size();
        }
        for (int i = ordered; i < wanted; i++) {
            nodes.add(booting(t));
        }
        if (wanted < ordered) {
            nodes.stream()
                    .filter(node -> !node.isDraining())
                    .sorted(Comparator.comparing((Node node) -> node.isUp(t)).thenComparingInt(Node::people))
                    .limit(ordered - wanted)
                    .toList()
                    .forEach(Node::drain);
        }
    }

    private Node booting(int t) {
        double part = FASTEST_BOOT + (1 - FASTEST_BOOT) * random.nextDouble();
        return new Node(t + (int) Math.ceil(scenario.boot() * part));
    }

    private Sight sight(int t) {
        int serving = 0;
        int starting = 0;
        int draining = 0;
        int seated = 0;
        double cpu = 0;
        for (var node : nodes) {
            if (node.isDraining()) {
                draining++;
            } else if (node.isUp(t)) {
                serving++;
                seated += node.people();
                cpu += Math.min(100, CPU_WHEN_FULL * node.people() / scenario.seats());
            } else {
                starting++;
            }
        }
        return new Sight(t, serving, starting, draining, crowd.people(), seated, cpu, line.length(), audiences(t));
    }

    private Map<RoomId, Integer> audiences(int t) {
        var audiences = new HashMap<RoomId, Integer>();
        int there = Math.min(scenario.audience().show()[t], crowd.people() + line.length());
        scenario.schedule().shows().forEach(show -> audiences.put(show.room(), there));
        return audiences;
    }
}
