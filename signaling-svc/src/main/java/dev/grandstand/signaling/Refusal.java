package dev.grandstand.signaling;

import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request was not carried out, on its way to becoming an error message. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

    private final ErrorCode code;
    private final @Nullable String field;

    Refusal(ErrorCode code, String message) {
        this(code, message, null);
    }

    private Refusal(ErrorCode code, String message, @Nullable String field) {
        // An ordinary outcome, not a failure of the program: nobody reads its stack trace.
        super(message, null, false, false);
        this.code = code;
        this.field = field;
    }

    ErrorCode code() {
        return code;
    }

    /** A request that ends so. */
    static <T> Future<T> future(ErrorCode code, String message) {
        return Future.failedFuture(new Refusal(code, message));
    }

    static Refusal of(BadJson bad) {
        var code =
                switch (bad.kind()) {
                    case NOT_JSON -> ErrorCode.BAD_JSON;
                    case UNKNOWN_TYPE -> ErrorCode.UNKNOWN_TYPE;
                    case MISSING_FIELD -> ErrorCode.MISSING_FIELD;
                    case BAD_FIELD -> ErrorCode.BAD_FIELD;
                };
        return new Refusal(code, String.valueOf(bad.getMessage()), bad.field());
    }

    /** Anything but a refusal is logged here, once, and told as little as the client can use. */
    static Refusal of(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            case MediaFailure media -> of(media);
            default -> {
                LOG.atError().setCause(failure).log("request failed");
                yield new Refusal(ErrorCode.INTERNAL, "the server failed");
            }
        };
    }

    private static Refusal of(MediaFailure media) {
        return switch (media.kind()) {
            case BAD_SDP -> new Refusal(ErrorCode.BAD_SDP, "the media node cannot use this session description");
            case ALREADY_NEGOTIATED ->
                new Refusal(ErrorCode.REFUSED, "the media node cannot restart this connection; make a new one");
            case NOT_FOUND -> new Refusal(ErrorCode.UNKNOWN_STREAM, "the stream is gone");
            case NO_RESOURCES -> new Refusal(ErrorCode.NO_SEAT, "the media node is full");
            case NODE_UNREACHABLE, TIMEOUT, OTHER -> {
                LOG.atWarn()
                        .addKeyValue("kind", media.kind())
                        .addKeyValue("code", media.code())
                        .log("media node failed: {}", media.getMessage());
                yield new Refusal(ErrorCode.UNAVAILABLE, "the media node does not answer");
            }
        };
    }

    ServerMessage.Error toMessage(@Nullable Long id) {
        return new ServerMessage.Error(id, code, String.valueOf(getMessage()), field);
    }
}
