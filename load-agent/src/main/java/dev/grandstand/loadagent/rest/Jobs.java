package dev.grandstand.loadagent.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What runs of one kind, by id. Any thread. */
final class Jobs {

    /** More would be a mistake of who asks. */
    private static final int LIMIT = 200;

    private static final int LARGEST = 10_000;

    private record Entry(Job job, Instant started) {}

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, Entry> running = new ConcurrentSkipListMap<>();

    /** @throws BadRequest if too many run */
    synchronized int add(Job job) {
        if (running.size() >= LIMIT || total() + job.count() > LARGEST) {
            job.terminate();
            throw new BadRequest("this agent has enough to do: at most " + LIMIT + " jobs of " + LARGEST + " together");
        }
        int id = lastId.incrementAndGet();
        running.put(id, new Entry(job, Instant.now()));
        return id;
    }

    private int total() {
        return running.values().stream().mapToInt(entry -> entry.job.count()).sum();
    }

    /** Blocks for a moment: not for event loops. */
    JsonArray describe() {
        var all = new JsonArray();
        running.forEach(
                (id, entry) -> all.add(entry.job.describe().put("id", id).put("startedAt", entry.started.toString())));
        return all;
    }

    /** @return the ids of those that are ended; empty if there is none of that id */
    Future<List<Integer>> terminate(Optional<Integer> which) {
        var ids = which.map(List::of).orElseGet(() -> List.copyOf(running.keySet())).stream()
                .filter(running::containsKey)
                .toList();
        var ends = ids.stream()
                .map(running::remove)
                .map(entry -> entry.job.terminate())
                .toList();
        return Future.join(ends).map(ids).otherwise(ids);
    }
}
