package dev.grandstand.signaling;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How much of something is allowed: so much at once, and so much a second after that. Written {@code BURST+RATE/s}, for
 * instance {@code 100+20/s}; {@code unlimited} allows everything.
 *
 * @param burst at once
 * @param perSecond what comes back each second
 */
public record Allowance(long burst, long perSecond) {

    static final Allowance UNLIMITED = new Allowance(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4);

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\+(\\d{1,15})/s");

    /** @throws BadConfiguration if the variable has not the form above */
    static Allowance from(Env env, String name, Allowance otherwise) {
        var text = env.text(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.equals("unlimited")) {
            return UNLIMITED;
        }
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new BadConfiguration(name, text, "unlimited or of the form 100+20/s");
        }
        return new Allowance(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    boolean isUnlimited() {
        return equals(UNLIMITED);
    }

    /** How long it takes until everything is back, and what was taken is forgotten. */
    Duration recovery() {
        return perSecond == 0 ? Duration.ofHours(1) : Duration.ofSeconds(burst / perSecond + 1);
    }

    @Override
    public String toString() {
        return isUnlimited() ? "unlimited" : burst + "+" + perSecond + "/s";
    }
}
