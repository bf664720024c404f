package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One running process of a service, unique for the process's life: a restarted process has another.
 *
 * @param value {@code [A-Za-z0-9._-]{1,253}}
 */
public record InstanceId(@JsonValue String value) {

    private static final Form FORM = Form.of("[A-Za-z0-9._-]", 253);

    /** @throws BadValue if the value has not the form above */
    @JsonCreator
    public InstanceId {
        FORM.require(value, "an instance id");
    }

    /** A new instance of the service or pod called {@code name}. */
    public static InstanceId started(String name) {
        return new InstanceId(name + "." + RandomId.next());
    }

    @Override
    public String toString() {
        return value;
    }
}
