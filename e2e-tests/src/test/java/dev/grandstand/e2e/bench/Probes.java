package dev.grandstand.e2e.bench;

import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Somebody joins some room every few milliseconds while a service dies and comes back; how long each waited. */
final class Probes {

    private static final int PROBE_MILLIS = 10;
    private static final int PATIENCE_SECONDS = 60;
    /** So many in a row are answered promptly: it is over. */
    private static final int CALM_MILLIS = 1_000;

    private static final double PROMPT_SECONDS = 0.5;

    private final RoomLine line;
    private final List<RoomId> rooms;
    private int next;

    Probes(RoomLine line, List<RoomId> rooms) {
        this.line = line;
        this.rooms = rooms;
    }

    private record Probe(long sentAt, CompletableFuture<Double> seconds) {}

    /**
     * The longest wait of anybody who joined from the incident on, in seconds.
     *
     * @param incident ends a process, and sees to another one
     */
    double longestWait(Callable<?> incident) throws Exception {
        var probes = new ArrayList<Probe>();
        var happening = CompletableFuture.runAsync(() -> {
            try {
                incident.call();
            } catch (Exception e) {
                throw new java.util.concurrent.CompletionException(e);
            }
        });
        long began = System.nanoTime();
        long calmSince = 0;
        while (calmSince == 0 || System.nanoTime() - calmSince < TimeUnit.MILLISECONDS.toNanos(CALM_MILLIS)) {
            if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new IllegalStateException("no answers after " + PATIENCE_SECONDS + " s");
            }
            probes.add(probe());
            TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
            boolean calm = happening.isDone() && oldestUnanswered(probes) < PROMPT_SECONDS;
            if (!calm) {
                calmSince = 0;
            } else if (calmSince == 0) {
                calmSince = System.nanoTime();
            }
        }
        happening.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        double longest = 0;
        for (var probe : probes) {
            longest = Math.max(longest, probe.seconds.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return longest;
    }

    private static double oldestUnanswered(List<Probe> probes) {
        long now = System.nanoTime();
        return probes.stream()
                .filter(probe -> !probe.seconds.isDone())
                .mapToDouble(probe -> (now - probe.sentAt) / 1e9)
                .findFirst()
                .orElse(0);
    }

    /** Each in another room, so that every partition is asked. */
    private Probe probe() {
        var visitor = RoomLine.visitor(rooms.get(next++ % rooms.size()));
        long sentAt = System.nanoTime();
        return new Probe(sentAt, line.join(visitor).thenApply(told -> {
            if (told instanceof RoomEvent.CommandRefused refused) {
                throw new IllegalStateException("refused: " + refused.message());
            }
            return (System.nanoTime() - sentAt) / 1e9;
        }));
    }

    /** How many people a room says that it has, to somebody who joins it. */
    int audience(RoomId room) throws Exception {
        var told = line.join(RoomLine.visitor(room)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (told instanceof RoomEvent.RoomDescribed described) {
            return described.audience();
        }
        throw new IllegalStateException(room + " says " + told);
    }
}
