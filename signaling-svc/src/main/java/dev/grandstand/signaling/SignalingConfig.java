package dev.grandstand.signaling;

import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.servicekit.Env;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How signaling-svc runs.
 *
 * @param port of the pages and of the WebSocket ({@code GRANDSTAND_SIGNALING_PORT}, 8080)
 * @param kafka see {@link KafkaSettings#from}
 * @param instance this process; its name is {@code GRANDSTAND_INSTANCE}, or {@code HOSTNAME}
 * @param eventLoops how many verticles share the port ({@code GRANDSTAND_EVENT_LOOPS}, one for each core)
 * @param rooms where room-svc's HTTP is, to pass {@code /rooms} on to ({@code GRANDSTAND_ROOMS_UPSTREAM}); not set where
 *     an ingress does that
 * @param iceServers what browsers are told about STUN and TURN
 * @param limits what clients may do
 * @param admission who is let in
 * @param secret what resume tokens are sealed with
 * @param nodeSilence a media node that says nothing for so long is lost ({@code GRANDSTAND_NODE_SILENCE}, 3s)
 * @param drain over how long an instance that stops sends its clients to others ({@code GRANDSTAND_DRAIN}, 10s)
 */
public record SignalingConfig(
        int port,
        KafkaSettings kafka,
        InstanceId instance,
        int eventLoops,
        @Nullable URI rooms,
        IceServers iceServers,
        SignalingLimits limits,
        AdmissionConfig admission,
        ResumeSecret secret,
        Duration nodeSilence,
        Duration drain) {

    /** @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used */
    public static SignalingConfig from(Env env) {
        return new SignalingConfig(
                env.port("GRANDSTAND_SIGNALING_PORT", 8080),
                KafkaSettings.from(env),
                InstanceId.started(env.text("GRANDSTAND_INSTANCE", env.text("HOSTNAME", "signaling"))),
                env.integer("GRANDSTAND_EVENT_LOOPS", Runtime.getRuntime().availableProcessors(), 1, 256),
                env.uris("GRANDSTAND_ROOMS_UPSTREAM", List.of()).stream()
                        .findFirst()
                        .orElse(null),
                IceServers.from(env),
                SignalingLimits.from(env),
                AdmissionConfig.from(env),
                ResumeSecret.from(env),
                env.duration("GRANDSTAND_NODE_SILENCE", MediaServers.SILENCE),
                env.duration("GRANDSTAND_DRAIN", Duration.ofSeconds(10)));
    }

    Optional<URI> roomsUpstream() {
        return Optional.ofNullable(rooms);
    }
}
