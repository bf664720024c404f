package dev.grandstand.chat;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.eventlog.streams.DeciderSpec;
import dev.grandstand.eventlog.streams.DeciderStreams;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventFilter;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.servicekit.Health;
import dev.grandstand.servicekit.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** chat-svc: decides chat commands, and forgets a room's chat when the room closes. Any number of instances share the rooms. */
public final class ChatService implements Service {

    /** Consumer group and prefix of the changelog; another name would begin with empty chats. */
    private static final String NAME = "chat-svc";

    private static final String ROOMS_GROUP = "chat-svc-rooms";

    /** Of all that happens in rooms only their end matters here, and nobody waits for what it leads to. */
    private static final Duration NO_HURRY = Duration.ofMillis(100);

    private final Vertx vertx;
    private final ChatConfig config;
    private final Health health = new Health();
    private final ProbesVerticle probes;
    private @Nullable EventLog log;
    private @Nullable DeciderStreams streams;

    /** Does nothing until it is started. */
    public ChatService(Vertx vertx, ChatConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.probes = new ProbesVerticle(config.port(), health);
    }

    @Override
    public Future<Void> start() {
        return vertx.deployVerticle(probes)
                .compose(serving -> EventLog.open(vertx, config.streams().kafka(), EventLog.PATIENT_PUBLISH_TIMEOUT))
                .onSuccess(opened -> log = opened)
                .compose(this::followRooms)
                .compose(following -> decide())
                .onSuccess(deciding -> health.started())
                .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
    }

    /** Stops deciding first: what has been decided is committed, and other instances take the rooms over. */
    @Override
    public Future<Void> stop() {
        return (streams == null ? Future.<Void>succeededFuture() : streams.stop())
                .eventually(() -> log == null ? Future.succeededFuture() : log.close())
                .eventually(() -> probes.deploymentID() == null
                        ? Future.succeededFuture()
                        : vertx.undeploy(probes.deploymentID()));
    }

    /** The port that it listens on: the configured one, or the one that was free. */
    public int port() {
        return probes.port();
    }

    private Future<?> followRooms(EventLog opened) {
        var ends = Topics.ROOM_EVENTS.only(EventFilter.only(RoomEvent.class, RoomEvent.RoomClosed.class));
        return opened.consumeTraced(ends, ROOMS_GROUP, NO_HURRY, this::onRoomEvent);
    }

    private Future<Void> onRoomEvent(EventRecord<RoomEvent> record, Trace trace) {
        return record.event() instanceof RoomEvent.RoomClosed
                ? Objects.requireNonNull(log).publish(Topics.CHAT_COMMANDS, clearAfter(record), trace)
                : Future.succeededFuture();
    }

    /** With the time of the closing, so that it clears nothing that is said in a room that opened again since. */
    private CommandRecord<ChatCommand> clearAfter(EventRecord<RoomEvent> closed) {
        return new CommandRecord<>(
                CommandId.random(), closed.room(), config.instance(), closed.at(), new ChatCommand.ClearHistory());
    }

    private Future<Void> decide() {
        var metrics = new ChatMetrics(Health.meters());
        var spec = DeciderSpec.of(NAME, Topics.CHAT_COMMANDS, Topics.CHAT_EVENTS, new ChatDecider(), new ChatParts())
                .with(metrics::decided)
                .with(ChatSteps::decided);
        var deciding = new DeciderStreams(vertx, spec, config.streams());
        streams = deciding;
        health.readyWhile("decider", deciding::isRunning);
        return deciding.start();
    }
}
