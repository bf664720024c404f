package dev.grandstand.signaling;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What resume tokens are sealed with ({@code GRANDSTAND_SECRET}, at least 32 characters, the same at every instance).
 * Where it is not set each process makes up its own: sessions resume at the very process that they were at.
 *
 * @param value the secret
 * @param shared whether it was configured
 */
public record ResumeSecret(String value, boolean shared) {

    private static final int SHORTEST = 32;

    /** @throws BadConfiguration if the secret is too short */
    static ResumeSecret from(Env env) {
        var value = env.text("GRANDSTAND_SECRET", "");
        if (value.isEmpty()) {
            return ofThisProcess();
        }
        if (value.length() < SHORTEST) {
            throw new BadConfiguration("GRANDSTAND_SECRET", "(hidden)", "at least " + SHORTEST + " characters long");
        }
        return new ResumeSecret(value, true);
    }

    static ResumeSecret ofThisProcess() {
        var random = new byte[SHORTEST];
        new SecureRandom().nextBytes(random);
        return new ResumeSecret(Base64.getEncoder().encodeToString(random), false);
    }

    /** Without the secret: it goes into the log with the rest of the configuration. */
    @Override
    public String toString() {
        return shared ? "(hidden)" : "(of this process)";
    }
}
