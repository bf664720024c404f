package dev.grandstand.relay;

import dev.grandstand.servicekit.Env;

/**
 * How a relay runs as a process of its own.
 *
 * @param relay the relay
 * @param healthPort of health and metrics ({@code GRANDSTAND_RELAY_HEALTH_PORT}, a free one, which the log names: several
 *     relays share a machine)
 * @param rehearses whether a room is played through first ({@code GRANDSTAND_RELAY_REHEARSAL}, false): when a start-up archive is
 *     trained
 */
record RelayServiceConfig(RelayConfig relay, int healthPort, boolean rehearses) {

    /** @throws dev.grandstand.servicekit.BadConfiguration naming the variable that cannot be used */
    static RelayServiceConfig from(Env env) {
        return new RelayServiceConfig(
                RelayConfig.from(env),
                env.port("GRANDSTAND_RELAY_HEALTH_PORT", 0),
                env.flag("GRANDSTAND_RELAY_REHEARSAL", false));
    }
}
