package dev.grandstand.loadagent.rest;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How an agent listens.
 *
 * @param host the address ({@code --host}, {@code GRANDSTAND_AGENT_HOST}, 127.0.0.1)
 * @param port of the REST API ({@code --port}, {@code GRANDSTAND_AGENT_PORT}, 8090; 0 for a free one)
 * @param token that callers show ({@code GRANDSTAND_AGENT_TOKEN}, at least 16 characters); made up at each start if none is
 *     given
 * @param clips folder of files that presenters may play ({@code --clips}, {@code GRANDSTAND_AGENT_CLIPS}); absent for none
 */
public record AgentConfig(
        String host, int port, String token, @Nullable Path clips) {

    public static final String USAGE = """
            ./grandstand agent [flags]
              --host ADDRESS    to listen on (127.0.0.1)
              --port PORT       of the REST API (8090)
              --clips FOLDER    of files that presenters may play (none)
            Callers show the token in GRANDSTAND_AGENT_TOKEN; without one it makes one up and prints it.
            """;

    private static final int SHORTEST = 16;
    private static final Map<String, String> FLAGS = Map.of(
            "--host", "GRANDSTAND_AGENT_HOST", "--port", "GRANDSTAND_AGENT_PORT", "--clips", "GRANDSTAND_AGENT_CLIPS");

    /**
     * Flags win over variables.
     *
     * @throws BadConfiguration if a value cannot be used
     */
    public static AgentConfig from(Env env, String... arguments) {
        var given = new TreeMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) {
            var variable = FLAGS.get(arguments[i]);
            if (variable == null || i + 1 == arguments.length) {
                throw new BadConfiguration(arguments[i], "", "a flag with a value: " + FLAGS.keySet());
            }
            given.put(variable, arguments[i + 1]);
        }
        var all = env.with(given);
        var token = all.text("GRANDSTAND_AGENT_TOKEN", "");
        if (!token.isEmpty() && token.length() < SHORTEST) {
            throw new BadConfiguration("GRANDSTAND_AGENT_TOKEN", "(hidden)", "at least " + SHORTEST + " characters");
        }
        var clips = all.text("GRANDSTAND_AGENT_CLIPS", "");
        return new AgentConfig(
                all.text("GRANDSTAND_AGENT_HOST", "127.0.0.1"),
                all.port("GRANDSTAND_AGENT_PORT", 8_090),
                token.isEmpty() ? madeUp() : token,
                clips.isEmpty() ? null : Path.of(clips));
    }

    private static String madeUp() {
        var octets = new byte[16];
        new SecureRandom().nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    /** Without the token: it goes into the log with the rest of the configuration. */
    @Override
    public String toString() {
        return host + ":" + port + (clips == null ? "" : " " + clips);
    }
}
