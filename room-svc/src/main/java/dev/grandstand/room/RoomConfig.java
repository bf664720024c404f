package dev.grandstand.room;

import dev.grandstand.eventlog.streams.StreamsSettings;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.servicekit.AdminDoor;
import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import java.time.Duration;

/**
 * How room-svc runs.
 *
 * @param port of {@code /rooms}, health and metrics ({@code GRANDSTAND_ROOM_PORT}, 8081)
 * @param instance this process; its name is {@code GRANDSTAND_INSTANCE}, or {@code HOSTNAME}
 * @param streams see {@link StreamsSettings#from}
 * @param instanceGrace how long a signaling instance may be silent before its participants are disconnected ({@code
 *     GRANDSTAND_INSTANCE_GRACE}, 20s)
 * @param resumeGrace how long somebody who was disconnected may take to come back ({@code GRANDSTAND_RESUME_GRACE}, 20s)
 * @param presenters how many people a stage takes, invited or publishing; the same for every instance ({@code
 *     GRANDSTAND_PRESENTERS}, 16)
 * @param video how a room's video is coded if whoever opens it does not say; the same for every instance ({@code
 *     GRANDSTAND_VIDEO_CODEC}, {@code vp8} or {@code h264})
 * @param admin the operators' door
 */
public record RoomConfig(
        int port,
        InstanceId instance,
        StreamsSettings streams,
        Duration instanceGrace,
        Duration resumeGrace,
        int presenters,
        VideoCodec video,
        AdminDoor admin) {

    /** @throws dev.grandstand.servicekit.BadConfiguration if a value cannot be used */
    public static RoomConfig from(Env env) {
        return new RoomConfig(
                env.port("GRANDSTAND_ROOM_PORT", 8081),
                InstanceId.started(env.text("GRANDSTAND_INSTANCE", env.text("HOSTNAME", "room"))),
                StreamsSettings.from(env),
                env.duration("GRANDSTAND_INSTANCE_GRACE", Duration.ofSeconds(20)),
                env.duration("GRANDSTAND_RESUME_GRACE", Duration.ofSeconds(20)),
                env.integer("GRANDSTAND_PRESENTERS", 16, 1, 100),
                video(env),
                AdminDoor.from(env, "GRANDSTAND_ADMIN_PORT", 8084));
    }

    private static VideoCodec video(Env env) {
        var name = env.text("GRANDSTAND_VIDEO_CODEC", "vp8");
        return switch (name) {
            case "vp8" -> VideoCodec.VP8;
            case "h264" -> VideoCodec.H264;
            default -> throw new BadConfiguration("GRANDSTAND_VIDEO_CODEC", name, "vp8 or h264");
        };
    }
}
