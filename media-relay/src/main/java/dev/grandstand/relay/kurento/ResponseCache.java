package dev.grandstand.relay.kurento;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Answers of one session by request id, so that a request that a client repeats after a broken connection is not carried
 * out twice. Like Kurento's, it looks at nothing but the id.
 */
final class ResponseCache {

    static final Duration LIFETIME = Duration.ofSeconds(20);

    private record Entry(Instant at, String response) {}

    private final int limit;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();

    /** @param limit number of answers kept; the oldest go first */
    ResponseCache(int limit) {
        this.limit = limit;
    }

    Optional<String> find(String requestId, Instant now) {
        return Optional.ofNullable(entries.get(requestId))
                .filter(entry -> entry.at().isAfter(now.minus(LIFETIME)))
                .map(Entry::response);
    }

    void add(String requestId, String response, Instant now) {
        forgetOld(now);
        entries.putIfAbsent(requestId, new Entry(now, response));
    }

    /** Drops what is past its lifetime, and the oldest if there are too many. */
    void forgetOld(Instant now) {
        var oldest = now.minus(LIFETIME);
        var iterator = entries.values().iterator();
        while (iterator.hasNext()) {
            var entry = iterator.next();
            if (entries.size() < limit && entry.at().isAfter(oldest)) {
                return;
            }
            iterator.remove();
        }
    }
}
