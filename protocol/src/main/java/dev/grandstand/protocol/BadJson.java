package dev.grandstand.protocol;

import org.jspecify.annotations.Nullable;

/** JSON that is not what it should be. Its message may be shown to whoever sent it. */
public final class BadJson extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** Not one JSON object. */
        NOT_JSON,
        /** The field {@code type} has a value that nothing stands for. */
        UNKNOWN_TYPE,
        /** A required field is missing or null. */
        MISSING_FIELD,
        /** A field has a bad value. */
        BAD_FIELD
    }

    private final Kind kind;
    private final @Nullable String field;

    BadJson(Kind kind, String message, @Nullable String field) {
        super(message);
        this.kind = kind;
        this.field = field;
    }

    /** What is wrong. */
    public Kind kind() {
        return kind;
    }

    /** The path of the field that is wrong, parts joined by dots; null where there is none. */
    public @Nullable String field() {
        return field;
    }
}
