package dev.grandstand.protocol.client;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a request was not carried out. On the wire in lower case with hyphens, for instance {@code bad-json}. */
public enum ErrorCode {
    /** The frame is not one JSON object. */
    BAD_JSON,
    /** There is no such message type. */
    UNKNOWN_TYPE,
    /** A field is missing; the error names it. */
    MISSING_FIELD,
    /** A field has a bad value; the error names it. */
    BAD_FIELD,
    /** The frame is larger than the server reads. */
    TOO_LARGE,
    /** The request needs a room, and the session is in none. */
    NOT_JOINED,
    /** The session is in a room already. */
    ALREADY_JOINED,
    /** A service did not answer in time; trying again may help. */
    UNAVAILABLE,
    /** There is no seat yet; the seat message says when. */
    NO_SEAT,
    /** Somebody else has a stream of this id. */
    STREAM_TAKEN,
    /** The room has no such stream, or the session has nothing to do with it. */
    UNKNOWN_STREAM,
    /** The media node cannot make sense of the session description. */
    BAD_SDP,
    /** The session description lacks the one codec that the room's video has. */
    WRONG_CODEC,
    /** The chat's rules forbid the message. */
    CHAT_REJECTED,
    /** The server has as many clients as it takes; another instance, or a moment later, may do. */
    BUSY,
    /** Too many requests. */
    RATE_LIMITED,
    /** The token is missing, bad, over, or for another room. */
    UNAUTHORIZED,
    /** The room's rules forbid it. */
    REFUSED,
    /** Only a moderator may do this. */
    FORBIDDEN,
    /** Whoever it is was banned from the room. */
    BANNED,
    /** The room is locked: nobody enters. */
    LOCKED,
    /** The stage has as many presenters as it takes. */
    STAGE_FULL,
    /** Publishing needs an invitation here: raise a hand. */
    NOT_INVITED,
    /** A moderator muted it. */
    MUTED,
    /** Said over a connection, or about a moment or a stream's source, that is over; another one counts by now. */
    STALE,
    /** There is no such room or participant. */
    NOT_FOUND,
    /** The server failed; its log says why. */
    INTERNAL;

    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it stands in messages. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** The code that stands in a {@code CommandRefused}; {@link #REFUSED} if it is none of these. */
    public static ErrorCode ofWire(String wire) {
        for (var code : values()) {
            if (code.wire.equals(wire)) {
                return code;
            }
        }
        return REFUSED;
    }
}
