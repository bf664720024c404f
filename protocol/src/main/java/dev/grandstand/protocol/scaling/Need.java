package dev.grandstand.protocol.scaling;

/**
 * What a number of nodes is made of, in seats.
 *
 * @param seated people who have one
 * @param waiting people who wait for one
 * @param announced people whom an announced show still expects
 * @param growth people who will have come by the time that a node ordered now serves, if it goes on as it does
 * @param headroom kept free for what nobody foresees
 * @param nodes how many nodes carry that, before any bound
 */
public record Need(int seated, int waiting, int announced, int growth, int headroom, int nodes) {

    /** Free seats that are kept: growth and headroom stand for the same, so the larger counts. */
    public int reserve() {
        return Math.max(growth, headroom);
    }
}
