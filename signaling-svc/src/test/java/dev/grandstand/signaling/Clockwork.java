package dev.grandstand.signaling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when the test says so. */
final class Clockwork implements Later {

    private record Due(Duration at, Runnable action) {}

    private final List<Due> due = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public void in(Duration delay, Runnable action) {
        due.add(new Due(now.plus(delay), action));
    }

    int waiting() {
        return due.size();
    }

    long nanoTime() {
        return now.toNanos();
    }

    /** Whatever is done right now takes so long. */
    void take(Duration time) {
        now = now.plus(time);
    }

    void pass(Duration time) {
        var end = now.plus(time);
        while (true) {
            var next = due.stream().filter(one -> one.at().compareTo(end) <= 0).min(Comparator.comparing(Due::at));
            if (next.isEmpty()) {
                now = latest(now, end);
                return;
            }
            due.remove(next.get());
            now = latest(now, next.get().at());
            next.get().action().run();
        }
    }

    private static Duration latest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
