package dev.grandstand.e2e.simulation;

/** Says how many nodes there are to be; remembers what it likes, for one run. */
interface Autoscaler {

    /** What is ordered from now on, without the nodes that drain. */
    int nodes(Sight sight);

    /** Seconds from one question to the next. */
    int every();

    /** Whether nodes have seats, and whoever finds none waits; otherwise people are spread over what there is. */
    boolean hasSeats();
}
