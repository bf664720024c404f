package dev.grandstand.e2e.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;

/** Those who wait, first come first. */
final class Line {

    private record Group(int since, int people) {}

    /** Hears of people who waited no longer. */
    interface Served {
        void served(int people, int waited);
    }

    private final Deque<Group> groups = new ArrayDeque<>();
    private int length;

    int length() {
        return length;
    }

    void join(int people, int second) {
        if (people > 0) {
            groups.addLast(new Group(second, people));
            length += people;
        }
    }

    /** The first of them. */
    void serve(int people, int second, Served served) {
        for (int left = people; left > 0 && !groups.isEmpty(); ) {
            var group = groups.removeFirst();
            int now = Math.min(left, group.people());
            if (now < group.people()) {
                groups.addFirst(new Group(group.since(), group.people() - now));
            }
            served.served(now, second - group.since());
            left -= now;
            length -= now;
        }
    }

    /** The last of them go by themselves: those who have waited longest stay, which makes waits no shorter. */
    void leave(int people) {
        for (int left = people; left > 0 && !groups.isEmpty(); ) {
            var group = groups.removeLast();
            int now = Math.min(left, group.people());
            if (now < group.people()) {
                groups.addLast(new Group(group.since(), group.people() - now));
            }
            left -= now;
            length -= now;
        }
    }

    /** Those who have waited for longer than that are sent away. */
    void refuse(int patience, int second, IntConsumer refused) {
        while (!groups.isEmpty() && second - groups.getFirst().since() > patience) {
            int people = groups.removeFirst().people();
            length -= people;
            refused.accept(people);
        }
    }
}
