package dev.grandstand.e2e.simulation;

import java.util.List;

/** Who sits where: newcomers always on the least loaded node. */
final class Crowd {

    private final List<Node> nodes;
    private final int limit;

    /**
     * @param nodes as they are at any time
     * @param limit people on a node, at most
     */
    Crowd(List<Node> nodes, int limit) {
        this.nodes = nodes;
        this.limit = limit;
    }

    int people() {
        int all = 0;
        for (var node : nodes) {
            all += node.people();
        }
        return all;
    }

    /**
     * Fills the emptiest nodes up to one level, as if one after another had come.
     *
     * @return how many got a seat
     */
    int seat(int wanted, int t) {
        if (wanted == 0) {
            return 0;
        }
        var nodesAt = new int[limit + 1];
        for (var node : nodes) {
            if (node.takesPeople(t)) {
                nodesAt[node.people()]++;
            }
        }
        int level = 0;
        int below = 0;
        int left = wanted;
        while (level < limit && left >= below + nodesAt[level]) {
            below += nodesAt[level];
            left -= below;
            level++;
        }
        if (level == limit) {
            return wanted - fill(limit, 0, t, left);
        }
        return wanted - fill(level, left, t, 0);
    }

    /** All to that level, and some of them one higher. */
    private int fill(int level, int oneMore, int t, int unseated) {
        int more = oneMore;
        for (var node : nodes) {
            if (!node.takesPeople(t) || node.people() > level) {
                continue;
            }
            int to = level;
            if (more > 0 && level < limit) {
                to++;
                more--;
            }
            node.add(to - node.people());
        }
        return unseated;
    }

    /**
     * Takes people evenly from all who sit.
     *
     * @param phase from 0 to 1: whom exactly
     * @return how many went
     */
    int leave(int wanted, double phase) {
        int all = people();
        int going = Math.min(wanted, all);
        double along = phase;
        int gone = 0;
        for (var node : nodes) {
            if (gone == going) {
                break;
            }
            along += (double) node.people() * going / all;
            int now = Math.min(Math.min(node.people(), (int) Math.floor(along) - gone), going - gone);
            node.add(-now);
            gone += now;
        }
        return gone;
    }
}
