package dev.grandstand.relay.kurento;

/** The errors that are answered, with the numbers that Kurento gives them. The name is what {@code data.type} says. */
enum ErrorKind {
    INVALID_REQUEST(-32600, false),
    METHOD_NOT_FOUND(-32601, false),
    INVALID_PARAMS(-32602, true),
    SERVER_ERROR(-32000, false),
    MARSHALL_ERROR(40001, true),
    CONNECT_ERROR(40004, true),
    INVALID_SESSION(40007, true),
    MALFORMED_TRANSACTION(40008, true),
    NOT_ENOUGH_RESOURCES(40009, true),
    MEDIA_OBJECT_NOT_FOUND(40101, true),
    MEDIA_OBJECT_EVENT_NOT_SUPPORTED(40106, true),
    MEDIA_OBJECT_NOT_AVAILABLE(40108, true),
    MEDIA_OBJECT_TAG_KEY_NOT_FOUND(40110, true),
    MEDIA_OBJECT_OPERATION_NOT_SUPPORTED(40111, true),
    SDP_PARSE_ERROR(40201, true),
    SDP_END_POINT_NO_LOCAL_SDP_ERROR(40202, true),
    SDP_END_POINT_NO_REMOTE_SDP_ERROR(40203, true),
    SDP_END_POINT_ALREADY_NEGOTIATED(40208, true),
    SDP_END_POINT_NOT_OFFER_GENERATED(40209, true),
    ICE_ADD_CANDIDATE_ERROR(40401, true),
    UNDEFINED(40500, true);

    private final int code;
    private final boolean named;

    ErrorKind(int code, boolean named) {
        this.code = code;
        this.named = named;
    }

    int code() {
        return code;
    }

    /** Whether the error object has {@code data.type}. */
    boolean named() {
        return named;
    }
}
