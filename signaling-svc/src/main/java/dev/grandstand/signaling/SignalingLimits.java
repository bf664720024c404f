package dev.grandstand.signaling;

import dev.grandstand.servicekit.Env;
import java.util.List;
import java.util.Set;

/**
 * What clients may do to an instance. The defaults let a hall full of people behind one address in, and stop a script.
 *
 * @param origins pages that may open a socket besides those of the same host ({@code GRANDSTAND_ORIGINS}, none; {@code *}
 *     for all)
 * @param maxSessions sockets at once; further ones are told {@code busy} ({@code GRANDSTAND_MAX_SESSIONS}, 20000)
 * @param connectionsPerAddress new sockets ({@code GRANDSTAND_CONNECTIONS_PER_ADDRESS}, 500+50/s)
 * @param joinsPerAddress joins ({@code GRANDSTAND_JOINS_PER_ADDRESS}, 500+50/s)
 * @param messagesPerSession messages of one socket ({@code GRANDSTAND_MESSAGES_PER_SESSION}, 200+50/s)
 * @param bytesPerSession characters of one socket ({@code GRANDSTAND_BYTES_PER_SESSION}, 4000000+100000/s)
 * @param negotiationsPerNode SDP offers under way at one media node ({@code GRANDSTAND_NEGOTIATIONS_PER_NODE}, 32)
 * @param forwarded whether to believe {@code X-Forwarded-For}, which only a proxy in front makes true ({@code
 *     GRANDSTAND_FORWARDED}, false)
 */
public record SignalingLimits(
        Set<String> origins,
        int maxSessions,
        Allowance connectionsPerAddress,
        Allowance joinsPerAddress,
        Allowance messagesPerSession,
        Allowance bytesPerSession,
        int negotiationsPerNode,
        boolean forwarded) {

    /** Copies what it is given. */
    public SignalingLimits {
        origins = Set.copyOf(origins);
    }

    static SignalingLimits from(Env env) {
        return new SignalingLimits(
                Set.copyOf(env.list("GRANDSTAND_ORIGINS", List.of())),
                env.integer("GRANDSTAND_MAX_SESSIONS", 20_000, 1, 10_000_000),
                Allowance.from(env, "GRANDSTAND_CONNECTIONS_PER_ADDRESS", new Allowance(500, 50)),
                Allowance.from(env, "GRANDSTAND_JOINS_PER_ADDRESS", new Allowance(500, 50)),
                Allowance.from(env, "GRANDSTAND_MESSAGES_PER_SESSION", new Allowance(200, 50)),
                Allowance.from(env, "GRANDSTAND_BYTES_PER_SESSION", new Allowance(4_000_000, 100_000)),
                env.integer("GRANDSTAND_NEGOTIATIONS_PER_NODE", 32, 1, 100_000),
                env.flag("GRANDSTAND_FORWARDED", false));
    }
}
