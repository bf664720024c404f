package dev.grandstand.room;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.instance.InstanceBeat;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The topics as a signaling instance sees them, for tests. */
final class Log {

    private final EventLog log;
    private final List<EventRecord<RoomEvent>> events = new CopyOnWriteArrayList<>();
    private final List<CommandRecord<RoomCommand>> commands = new CopyOnWriteArrayList<>();

    private Log(EventLog log) {
        this.log = log;
    }

    static Log open(Vertx vertx, KafkaSettings settings) throws Exception {
        var log = new Log(get(EventLog.open(vertx, settings)));
        get(log.log.follow(Topics.ROOM_COMMANDS, From.BEGINNING, log.commands::add));
        get(log.log.follow(Topics.ROOM_EVENTS, From.BEGINNING, log.events::add));
        return log;
    }

    void send(String room, RoomCommand command) throws Exception {
        get(log.publish(
                Topics.ROOM_COMMANDS,
                new CommandRecord<>(CommandId.random(), new RoomId(room), Cast.A, Instant.now(), command)));
    }

    void beat(String instance) {
        log.publish(Topics.SIGNALING_INSTANCES, new InstanceBeat(new InstanceId(instance), Instant.now(), 1));
    }

    List<CommandRecord<RoomCommand>> commands() {
        return List.copyOf(commands);
    }

    List<RoomEvent> events(String room) {
        return events.stream()
                .filter(event -> event.room().value().equals(room))
                .map(EventRecord::event)
                .toList();
    }

    List<EventRecord<RoomEvent>> records(String room) {
        return events.stream()
                .filter(event -> event.room().value().equals(room))
                .toList();
    }

    List<String> types(String room) {
        return events(room).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    void close() throws Exception {
        get(log.close());
    }

    static RoomCommand join(String who, String instance) {
        return new RoomCommand.Join(
                new ParticipantId(who),
                new DisplayName(who),
                Role.VIEWER,
                null,
                null,
                connection(who),
                new InstanceId(instance),
                null,
                null);
    }

    static RoomCommand start(String who, String stream) {
        return new RoomCommand.StartStream(
                new ParticipantId(who), new StreamId(stream), StreamKind.CAMERA, RoomTest.source("e1"));
    }

    static RoomCommand leave(String who) {
        return new RoomCommand.Leave(new ParticipantId(who), connection(who), LeaveReason.LEFT);
    }

    static ConnectionId connection(String who) {
        return new ConnectionId(who + "-1");
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
