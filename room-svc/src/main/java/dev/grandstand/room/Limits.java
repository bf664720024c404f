package dev.grandstand.room;

import dev.grandstand.protocol.VideoCodec;

/**
 * How much of what a room takes, and what it gets unless somebody says otherwise. Every instance has to have the same, or a
 * room's rules change as it moves.
 *
 * @param presenters people on the stage: invited or publishing
 * @param streamsEach streams of one presenter
 * @param bans people banned
 * @param video how a room's video is coded if whoever opens it does not say
 */
record Limits(int presenters, int streamsEach, int bans, VideoCodec video) {

    static final Limits DEFAULT = of(16, VideoCodec.VP8);

    static Limits of(int presenters, VideoCodec video) {
        return new Limits(presenters, 8, 10_000, video);
    }
}
