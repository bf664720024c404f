package dev.grandstand.e2e.simulation;

/** One node of a simulated fleet. */
final class Node {

    private final int readyAt;
    private int people;
    private boolean draining;

    Node(int readyAt) {
        this.readyAt = readyAt;
    }

    boolean isUp(int second) {
        return second >= readyAt;
    }

    boolean takesPeople(int second) {
        return !draining && isUp(second);
    }

    int readyAt() {
        return readyAt;
    }

    boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
    }

    void recall() {
        draining = false;
    }

    int people() {
        return people;
    }

    void add(int more) {
        people += more;
    }
}
