package dev.grandstand.e2e.simulation;

import dev.grandstand.protocol.RoomId;
import java.util.Map;

/**
 * The fleet and its audience at one moment, as an autoscaler sees it.
 *
 * @param second of the run
 * @param serving nodes that take people
 * @param starting nodes that will
 * @param draining nodes beside these that are being emptied
 * @param seated people on all of them
 * @param seatedServing those of them on nodes that serve
 * @param cpu sum of the CPU of the nodes that serve, each in percent of what it may use
 * @param waiting people without a seat
 * @param audiences of the rooms that were announced
 */
record Sight(
        int second,
        int serving,
        int starting,
        int draining,
        int seated,
        int seatedServing,
        double cpu,
        int waiting,
        Map<RoomId, Integer> audiences) {

    int ordered() {
        return serving + starting;
    }
}
