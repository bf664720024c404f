package dev.grandstand.room;

/**
 * How much of what a room takes. Every instance has to have the same, or a room's rules change as it moves.
 *
 * @param presenters people on the stage: invited or publishing
 * @param streamsEach streams of one presenter
 * @param bans people banned
 */
record Limits(int presenters, int streamsEach, int bans) {

    static final Limits DEFAULT = presenters(16);

    static Limits presenters(int presenters) {
        return new Limits(presenters, 8, 10_000);
    }
}
