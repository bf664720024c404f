package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.net.MediaLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands on its source's packets; costs nothing per packet, because sinks are wired to the source behind it. */
final class RelayPassThrough extends RelayElement implements PassThrough {

    private boolean telling;

    RelayPassThrough(MediaLoop loop) {
        super(loop);
    }

    @Override
    @Nullable
    InboundTrack origin(MediaKind kind, int depth) {
        return upstream(kind, depth);
    }

    @Override
    void originChanged(MediaKind kind, @Nullable InboundTrack origin) {
        if (telling) {
            return;
        }
        telling = true;
        try {
            List.copyOf(sinks(kind)).forEach(sink -> sink.originChanged(kind, origin));
        } finally {
            telling = false;
        }
    }

    @Override
    void free() {
        // Holds nothing but its connections.
    }
}
