package dev.grandstand.relay.kurento;

import dev.grandstand.webrtc.MediaKind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a connection carries, in Kurento's words. Data channels are bookkeeping only: the relay carries no data. */
enum MediaType {
    AUDIO(MediaKind.AUDIO),
    VIDEO(MediaKind.VIDEO),
    DATA(null);

    @SuppressWarnings("ImmutableEnumChecker") // Optional of an enum constant is immutable
    private final Optional<MediaKind> kind;

    MediaType(@Nullable MediaKind kind) {
        this.kind = Optional.ofNullable(kind);
    }

    /** The media plane's kind; empty for data. */
    Optional<MediaKind> kind() {
        return kind;
    }

    static MediaType of(MediaKind kind) {
        return switch (kind) {
            case AUDIO -> AUDIO;
            case VIDEO -> VIDEO;
        };
    }
}
