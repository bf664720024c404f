package dev.grandstand.e2e.simulation;

/**
 * As many free seats as fit on a few nodes, whatever comes: the Counter policy of Agones' FleetAutoscaler, asked every 30
 * seconds as there. It knows who has a seat, and nothing of who waits.
 */
final class FixedBuffer implements Autoscaler {

    private static final int NODES = 5;

    private final int seats;

    FixedBuffer(int seats) {
        this.seats = seats;
    }

    @Override
    public int nodes(Sight sight) {
        return Math.min(World.MOST_NODES, Math.ceilDiv(sight.seatedServing(), seats) + NODES);
    }

    @Override
    public int every() {
        return 30;
    }

    @Override
    public boolean hasSeats() {
        return true;
    }
}
