package dev.grandstand.room;

import dev.grandstand.protocol.VideoCodec;
import java.time.Instant;

/**
 * A room's life: {@code Closed → Open → Live → Closed}. Only the legal steps exist as methods, so that an illegal one does
 * not compile. A room that never was is closed, too: nothing is left of a room once it closes.
 */
sealed interface Lifecycle {

    /** Nobody is here. */
    record Closed() implements Lifecycle {

        Open open(String title, VideoCodec video, Instant at) {
            return new Open(title, video, at, false);
        }
    }

    /** People are here. */
    sealed interface Running extends Lifecycle {

        /** What people call the room. */
        String title();

        /** How all of its video is coded. */
        VideoCodec video();

        /** When it opened. */
        Instant openedAt();

        /** Whether nobody else may enter. */
        boolean locked();

        /** Lets nobody else in, or again anybody. */
        Running lock(boolean nowLocked);

        /** The last one left, or a moderator closed it. */
        default Closed close() {
            return new Closed();
        }
    }

    /** People are here, and nothing has been published yet. */
    record Open(String title, VideoCodec video, Instant openedAt, boolean locked) implements Running {

        Live goLive() {
            return new Live(title, video, openedAt, locked);
        }

        @Override
        public Open lock(boolean nowLocked) {
            return new Open(title, video, openedAt, nowLocked);
        }
    }

    /** Something has been published since the room opened; that remains true through pauses. */
    record Live(String title, VideoCodec video, Instant openedAt, boolean locked) implements Running {

        @Override
        public Live lock(boolean nowLocked) {
            return new Live(title, video, openedAt, nowLocked);
        }
    }
}
