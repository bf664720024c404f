package dev.grandstand.signaling;

import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.client.IceServer;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What browsers are told about STUN and TURN. Anything that a browser would refuse is refused here, at the start: there,
 * one bad URL and no connection is ever made.
 *
 * @param stun URLs of STUN servers ({@code GRANDSTAND_ICE_SERVERS})
 * @param turn how credentials for TURN servers are made, if there are any ({@code GRANDSTAND_TURN_URLS}, {@code
 *     GRANDSTAND_TURN_SECRET}, {@code GRANDSTAND_TURN_LIFETIME}, 12h)
 */
public record IceServers(List<String> stun, @Nullable TurnCredentials turn) {

    /** RFC 7064: no query, no credentials. */
    private static final Pattern STUN_URL = Pattern.compile("stuns?:[^?@\\s]+");

    /** RFC 7065. */
    private static final Pattern TURN_URL = Pattern.compile("turns?:[^?@\\s]+(\\?transport=(udp|tcp))?");

    private static final String STUN = "GRANDSTAND_ICE_SERVERS";
    private static final String URLS = "GRANDSTAND_TURN_URLS";
    private static final String SECRET = "GRANDSTAND_TURN_SECRET";

    /** Copies the list. */
    public IceServers {
        stun = List.copyOf(stun);
    }

    /** @throws BadConfiguration if a browser could not use it, or only half of TURN is configured */
    static IceServers from(Env env) {
        var stun = urls(env, STUN, STUN_URL, "URLs such as stun:stun.example.org:3478; TURN has GRANDSTAND_TURN_URLS");
        var turn = urls(env, URLS, TURN_URL, "URLs such as turn:turn.example.org:3478?transport=udp");
        var secret = env.text(SECRET, "");
        var lifetime = env.duration("GRANDSTAND_TURN_LIFETIME", Duration.ofHours(12));
        if (turn.isEmpty() != secret.isEmpty()) {
            throw new BadConfiguration(
                    turn.isEmpty() ? URLS : SECRET, "", "set where " + (turn.isEmpty() ? SECRET : URLS) + " is");
        }
        return new IceServers(stun, turn.isEmpty() ? null : new TurnCredentials(turn, secret, lifetime));
    }

    private static List<String> urls(Env env, String name, Pattern form, String expected) {
        var urls = env.list(name, List.of());
        urls.stream().filter(url -> !form.matcher(url).matches()).findFirst().ifPresent(bad -> {
            throw new BadConfiguration(name, bad, expected);
        });
        return urls;
    }

    /** With credentials of the participant's own that hold from now on. */
    List<IceServer> issue(ParticipantId participant, Instant now) {
        var servers = new ArrayList<IceServer>();
        if (!stun.isEmpty()) {
            servers.add(new IceServer(stun, null, null));
        }
        if (turn != null) {
            servers.add(turn.issue(participant, now));
        }
        return servers;
    }
}
