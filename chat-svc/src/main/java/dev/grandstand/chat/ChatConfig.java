package dev.grandstand.chat;

import dev.grandstand.eventlog.streams.StreamsSettings;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.servicekit.Env;

/**
 * How chat-svc runs.
 *
 * @param port of health and metrics ({@code GRANDSTAND_CHAT_PORT}, 8082)
 * @param instance this process; its name is {@code GRANDSTAND_INSTANCE}, or {@code HOSTNAME}
 * @param streams see {@link StreamsSettings#from}
 */
public record ChatConfig(int port, InstanceId instance, StreamsSettings streams) {

    /** @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used */
    public static ChatConfig from(Env env) {
        return new ChatConfig(
                env.port("GRANDSTAND_CHAT_PORT", 8082),
                InstanceId.started(env.text("GRANDSTAND_INSTANCE", env.text("HOSTNAME", "chat"))),
                StreamsSettings.from(env));
    }
}
