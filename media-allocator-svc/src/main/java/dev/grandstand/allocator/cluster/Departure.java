package dev.grandstand.allocator.cluster;

/** What a node that is being stopped is told. */
public sealed interface Departure {

    /** Nobody is there: it may end. */
    record Empty() implements Departure {}

    /**
     * Not yet.
     *
     * @param people who have a seat there, or are on the way from there
     * @param rooms that have a pipeline there, or are about to
     */
    record Occupied(int people, int rooms) implements Departure {}

    /** It is not for whoever asks to say that this node ends. */
    record Refused(String why) implements Departure {}

    /** Nobody can tell now; to be asked again. */
    record Unknown(String why) implements Departure {}
}
