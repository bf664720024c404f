package dev.grandstand.relay.media;

import dev.grandstand.webrtc.MediaKind;
import dev.grandstand.webrtc.net.MediaLoop;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node of the graph: who feeds it and whom it feeds. Graph and tracks belong to the loop thread. */
abstract sealed class RelayElement implements MediaElement permits RelayEndpoint, RelayPassThrough {

    private static final Logger log = LoggerFactory.getLogger(RelayElement.class);
    /** A chain of pass-throughs longer than this is a cycle. */
    private static final int DEPTH = 16;

    private final MediaLoop loop;
    private final Map<MediaKind, RelayElement> sources = new EnumMap<>(MediaKind.class);
    private final Map<MediaKind, Set<RelayElement>> sinks = new EnumMap<>(MediaKind.class);
    private boolean released;

    RelayElement(MediaLoop loop) {
        this.loop = loop;
        for (MediaKind kind : MediaKind.values()) {
            sinks.put(kind, new LinkedHashSet<>());
        }
    }

    final MediaLoop loop() {
        return loop;
    }

    final boolean released() {
        return released;
    }

    /** The track that media of a kind comes from when this element is a source; null if there is none now. */
    abstract @Nullable InboundTrack origin(MediaKind kind, int depth);

    /** The origin of what this element is fed with has changed. */
    abstract void originChanged(MediaKind kind, @Nullable InboundTrack origin);

    /** Frees what the element holds besides its connections. */
    abstract void free();

    final @Nullable InboundTrack upstream(MediaKind kind, int depth) {
        RelayElement source = sources.get(kind);
        return source == null || depth > DEPTH ? null : source.origin(kind, depth + 1);
    }

    final Set<RelayElement> sinks(MediaKind kind) {
        return sinks.getOrDefault(kind, Set.of());
    }

    @Override
    public final void connect(MediaElement sink, MediaKind kind) {
        onLoop(() -> {
            if (sink instanceof RelayElement element && element.loop == loop && !released && !element.released) {
                element.feedFrom(this, kind);
            }
        });
    }

    @Override
    public final void disconnect(MediaElement sink, MediaKind kind) {
        onLoop(() -> {
            if (sink instanceof RelayElement element && element.sources.get(kind) == this) {
                element.feedFrom(null, kind);
            }
        });
    }

    private void feedFrom(@Nullable RelayElement next, MediaKind kind) {
        RelayElement before = next == null ? sources.remove(kind) : sources.put(kind, next);
        if (before == next) {
            return;
        }
        if (before != null) {
            before.sinks(kind).remove(this);
        }
        if (next != null) {
            next.sinks(kind).add(this);
        }
        originChanged(kind, upstream(kind, 0));
    }

    @Override
    public final void requestKeyframe() {
        onLoop(() -> {
            long now = System.nanoTime();
            for (InboundTrack track : new InboundTrack[] {origin(MediaKind.VIDEO, 0), upstream(MediaKind.VIDEO, 0)}) {
                if (track != null) {
                    track.requestKeyframe(now);
                }
            }
        });
    }

    @Override
    public final void release() {
        onLoop(() -> {
            if (released) {
                return;
            }
            released = true;
            for (MediaKind kind : MediaKind.values()) {
                feedFrom(null, kind);
                List.copyOf(sinks(kind)).forEach(sink -> sink.feedFrom(null, kind));
            }
            free();
        });
    }

    /** Runs on the loop: at once if called there, so that calls from callbacks keep their order. */
    final void onLoop(Runnable task) {
        try {
            loop.run(task);
        } catch (RejectedExecutionException e) {
            log.atDebug().setCause(e).log("media engine takes no more work");
        }
    }
}
