package dev.grandstand.relay;

import dev.grandstand.relay.kurento.AnnouncedAddresses;
import dev.grandstand.relay.kurento.KurentoConfig;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one relay is run. Every default is here.
 *
 * @param host address of the control port ({@code GRANDSTAND_RELAY_HOST}, all interfaces)
 * @param port TCP port of the control port, 0 for a free one ({@code GRANDSTAND_RELAY_PORT}, 8888 as Kurento's)
 * @param udpPort the one port of all media, 0 for a free one ({@code GRANDSTAND_RELAY_UDP_PORT}, 0)
 * @param announced addresses that browsers are told, at most one IPv4 and one IPv6
 *     ({@code GRANDSTAND_RELAY_ANNOUNCED_ADDRESSES}, joined by a comma; none: the machine's own)
 * @param collectionPeriod how long objects outlive a lost connection ({@code GRANDSTAND_RELAY_COLLECTION_PERIOD}, 240s)
 * @param limits bounds of the node ({@code GRANDSTAND_RELAY_MAX_SESSIONS}, {@code GRANDSTAND_RELAY_MAX_OBJECTS})
 */
public record RelayConfig(
        String host,
        int port,
        int udpPort,
        AnnouncedAddresses announced,
        Duration collectionPeriod,
        KurentoConfig.Limits limits) {

    static final String HOST = "GRANDSTAND_RELAY_HOST";
    static final String PORT = "GRANDSTAND_RELAY_PORT";
    static final String UDP_PORT = "GRANDSTAND_RELAY_UDP_PORT";
    static final String ANNOUNCED_ADDRESSES = "GRANDSTAND_RELAY_ANNOUNCED_ADDRESSES";
    static final String COLLECTION_PERIOD = "GRANDSTAND_RELAY_COLLECTION_PERIOD";
    static final String MAX_SESSIONS = "GRANDSTAND_RELAY_MAX_SESSIONS";
    static final String MAX_OBJECTS = "GRANDSTAND_RELAY_MAX_OBJECTS";

    private static final int MAX_LIMIT = 1_000_000;

    /** For a relay in this process: loopback, free ports. */
    public static RelayConfig embedded() {
        return new RelayConfig(
                "127.0.0.1",
                0,
                0,
                AnnouncedAddresses.NONE,
                KurentoConfig.DEFAULT_COLLECTION_PERIOD,
                KurentoConfig.Limits.DEFAULTS);
    }

    /** @throws BadConfiguration naming the variable that cannot be used */
    public static RelayConfig from(Env env) {
        var defaults = KurentoConfig.Limits.DEFAULTS;
        return new RelayConfig(
                env.text(HOST, "0.0.0.0"),
                env.port(PORT, 8_888),
                env.port(UDP_PORT, 0),
                announced(env.list(ANNOUNCED_ADDRESSES, List.of())),
                collectionPeriod(env),
                new KurentoConfig.Limits(
                        defaults.messageBytes(),
                        defaults.outboundBytes(),
                        env.integer(MAX_SESSIONS, defaults.sessions(), 1, MAX_LIMIT),
                        env.integer(MAX_OBJECTS, defaults.objects(), 1, MAX_LIMIT),
                        defaults.transactionSteps(),
                        defaults.cachedResponses()));
    }

    private static Duration collectionPeriod(Env env) {
        var period = env.duration(COLLECTION_PERIOD, KurentoConfig.DEFAULT_COLLECTION_PERIOD);
        if (period.isZero()) {
            throw new BadConfiguration(COLLECTION_PERIOD, env.text(COLLECTION_PERIOD, ""), "more than nothing");
        }
        return period;
    }

    private static AnnouncedAddresses announced(List<String> addresses) {
        Optional<String> ipv4 = Optional.empty();
        Optional<String> ipv6 = Optional.empty();
        for (var address : addresses) {
            if (address.matches("\\d{1,3}(\\.\\d{1,3}){3}") && ipv4.isEmpty()) {
                ipv4 = Optional.of(address);
            } else if (address.matches("[0-9a-fA-F:]*:[0-9a-fA-F:.]*") && ipv6.isEmpty()) {
                ipv6 = Optional.of(address);
            } else {
                throw new BadConfiguration(
                        ANNOUNCED_ADDRESSES, String.join(",", addresses), "at most one IPv4 and one IPv6 address");
            }
        }
        return new AnnouncedAddresses(ipv4, ipv6);
    }
}
