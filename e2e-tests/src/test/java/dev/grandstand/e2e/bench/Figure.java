package dev.grandstand.e2e.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One measured number.
 *
 * @param name snake case, with its unit
 * @param limit what nothing on this machine can beat, measured in the same run; absent where there is no such thing
 * @param target what we aim for
 * @param better {@code lower} or {@code higher}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
        @JsonIgnore String name,
        double value,
        String unit,
        @Nullable Double limit,
        @Nullable Double target,
        String better) {

    static Figure lower(String name, double value, String unit) {
        return new Figure(name, rounded(value), unit, null, null, "lower");
    }

    static Figure higher(String name, double value, String unit) {
        return new Figure(name, rounded(value), unit, null, null, "higher");
    }

    Figure limit(double measured) {
        return new Figure(name, value, unit, rounded(measured), target, better);
    }

    Figure target(double wanted) {
        return new Figure(name, value, unit, limit, wanted, better);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
