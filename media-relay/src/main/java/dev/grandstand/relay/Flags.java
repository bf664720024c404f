package dev.grandstand.relay;

import dev.grandstand.servicekit.BadConfiguration;
import java.util.HashMap;
import java.util.Map;

/** The command line, as the variables that it stands for: {@code --port 8888} is {@code GRANDSTAND_RELAY_PORT=8888}. */
final class Flags {

    static final String USAGE = """
            java -jar media-relay.jar [flags]
              --host ADDRESS              address of the control port (all)
              --port PORT                 control port, ws://host:port/kurento (8888)
              --udp-port PORT             the one port of all media (a free one)
              --announce IPV4[,IPV6]      addresses that browsers are told (the machine's own)
              --collection-period TIME    how long objects outlive a lost connection (240s)
            Each flag has a variable: %s, %s, %s, %s, %s.
            """.formatted(
                    RelayConfig.HOST,
                    RelayConfig.PORT,
                    RelayConfig.UDP_PORT,
                    RelayConfig.ANNOUNCED_ADDRESSES,
                    RelayConfig.COLLECTION_PERIOD);

    private static final Map<String, String> VARIABLES = Map.of(
            "--host", RelayConfig.HOST,
            "--port", RelayConfig.PORT,
            "--udp-port", RelayConfig.UDP_PORT,
            "--announce", RelayConfig.ANNOUNCED_ADDRESSES,
            "--collection-period", RelayConfig.COLLECTION_PERIOD);

    private Flags() {}

    /** @throws BadConfiguration for a flag that there is not, or one without a value */
    static Map<String, String> parse(String... arguments) {
        var variables = new HashMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) {
            var variable = VARIABLES.get(arguments[i]);
            if (variable == null) {
                throw new BadConfiguration("command line", arguments[i], "one of " + VARIABLES.keySet());
            }
            if (i + 1 == arguments.length) {
                throw new BadConfiguration(arguments[i], "", "followed by a value");
            }
            variables.put(variable, arguments[i + 1]);
        }
        return variables;
    }
}
