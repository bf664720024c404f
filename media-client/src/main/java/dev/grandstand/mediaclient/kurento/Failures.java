package dev.grandstand.mediaclient.kurento;

import dev.grandstand.mediaclient.MediaFailure;
import java.util.concurrent.TimeoutException;
import org.kurento.client.internal.server.KurentoServerException;
import org.kurento.jsonrpc.JsonRpcErrorException;

/** The Kurento protocol's errors in the port's words. */
final class Failures {

    private Failures() {}

    static MediaFailure of(Throwable cause) {
        return switch (cause) {
            case MediaFailure already -> already;
            case JsonRpcErrorException refusal -> refused(refusal.getCode(), refusal.getServerMessage(), cause);
            case KurentoServerException refusal -> refused(refusal.getCode(), refusal.getServerMessage(), cause);
            case TimeoutException late ->
                new MediaFailure(MediaFailure.Kind.TIMEOUT, 0, "the media node did not answer in time", late);
            default -> new MediaFailure(MediaFailure.Kind.OTHER, 0, String.valueOf(cause.getMessage()), cause);
        };
    }

    static MediaFailure unreachable(String why) {
        return new MediaFailure(MediaFailure.Kind.NODE_UNREACHABLE, 0, why, null);
    }

    static MediaFailure badSdp(String why) {
        return new MediaFailure(MediaFailure.Kind.BAD_SDP, 0, why, null);
    }

    private static MediaFailure refused(int code, String message, Throwable cause) {
        var kind =
                switch (code) {
                    // Session, object or pipeline that is not (or no longer) there.
                    case 40004, 40007, 40101 -> MediaFailure.Kind.NOT_FOUND;
                    case 40201, 40202, 40203, 40204, 40206, 40207, 40209 -> MediaFailure.Kind.BAD_SDP;
                    case 40208 -> MediaFailure.Kind.ALREADY_NEGOTIATED;
                    default ->
                        String.valueOf(cause.getMessage()).contains("NOT_ENOUGH_RESOURCES")
                                ? MediaFailure.Kind.NO_RESOURCES
                                : MediaFailure.Kind.OTHER;
                };
        return new MediaFailure(kind, code, message, cause);
    }
}
