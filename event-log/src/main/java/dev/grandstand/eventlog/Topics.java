package dev.grandstand.eventlog;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.grandstand.eventlog.Topic.Retention;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.RoomSummary;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.instance.InstanceBeat;
import dev.grandstand.protocol.instance.LeaderBeat;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.media.NodeMark;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.protocol.scaling.ScalingStep;
import dev.grandstand.protocol.scaling.ScheduledShow;
import java.util.List;

/** Every topic of the system. */
public final class Topics {

    /** Read by room-svc. */
    public static final Topic<CommandRecord<RoomCommand>> ROOM_COMMANDS =
            commands("room-commands", new TypeReference<>() {});

    /** Written by room-svc, in one transaction with its state. */
    public static final Topic<EventRecord<RoomEvent>> ROOM_EVENTS = events("room-events", new TypeReference<>() {});

    /** Read by chat-svc. */
    public static final Topic<CommandRecord<ChatCommand>> CHAT_COMMANDS =
            commands("chat-commands", new TypeReference<>() {});

    /** Written by chat-svc, in one transaction with its state. */
    public static final Topic<EventRecord<ChatEvent>> CHAT_EVENTS = events("chat-events", new TypeReference<>() {});

    /** Read by media-allocator-svc. */
    public static final Topic<CommandRecord<MediaCommand>> MEDIA_COMMANDS =
            commands("media-commands", new TypeReference<>() {});

    /** Written by media-allocator-svc, which rebuilds its state from it. */
    public static final Topic<EventRecord<MediaEvent>> MEDIA_EVENTS = events("media-events", new TypeReference<>() {});

    /** What a lobby shows of each open room; a room that closed has no value. */
    public static final Topic<RoomSummary> ROOMS = new Topic<>(
            "rooms", new TypeReference<>() {}, summary -> summary.id().value(), Retention.COMPACTED);

    /** What operators said of each media node; written and read by media-allocator-svc. */
    public static final Topic<NodeMark> MEDIA_NODES = new Topic<>(
            "media-nodes", new TypeReference<>() {}, mark -> mark.node().value(), Retention.COMPACTED);

    /** The allocator that decides says so; written and read by media-allocator-svc. */
    public static final Topic<LeaderBeat> MEDIA_LEADERS =
            new Topic<>("media-leaders", new TypeReference<>() {}, beat -> "leader", Retention.COMPACTED);

    /** Shows that operators announced; written and read by media-allocator-svc. One that was taken back has no value. */
    public static final Topic<ScheduledShow> SCHEDULED_SHOWS = new Topic<>(
            "scheduled-shows", new TypeReference<>() {}, show -> show.id().value(), Retention.COMPACTED);

    /** How many media nodes there are to be, and why; written by media-allocator-svc, and read by it when it begins to lead. */
    public static final Topic<ScalingStep> SCALING_DECISIONS =
            new Topic<>("scaling-decisions", new TypeReference<>() {}, step -> "fleet", Retention.LOG);

    /** Signaling instances say that they live. */
    public static final Topic<InstanceBeat> SIGNALING_INSTANCES = new Topic<>(
            "signaling-instances",
            new TypeReference<>() {},
            beat -> beat.instance().value(),
            Retention.SHORT);

    /** All of them. */
    public static final List<Topic<?>> ALL = List.of(
            ROOM_COMMANDS,
            ROOM_EVENTS,
            CHAT_COMMANDS,
            CHAT_EVENTS,
            MEDIA_COMMANDS,
            MEDIA_EVENTS,
            MEDIA_NODES,
            MEDIA_LEADERS,
            SCHEDULED_SHOWS,
            SCALING_DECISIONS,
            ROOMS,
            SIGNALING_INSTANCES);

    private Topics() {}

    private static <C> Topic<CommandRecord<C>> commands(String name, TypeReference<CommandRecord<C>> type) {
        return new Topic<>(name, type, command -> command.room().value(), Retention.LOG);
    }

    private static <E> Topic<EventRecord<E>> events(String name, TypeReference<EventRecord<E>> type) {
        return new Topic<>(name, type, event -> event.room().value(), Retention.LOG);
    }
}
