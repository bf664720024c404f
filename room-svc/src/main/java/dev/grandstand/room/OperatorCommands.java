package dev.grandstand.room;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Follower;
import dev.grandstand.eventlog.From;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An operator's commands and their outcomes, whichever instance decides the room: both go through the topics. Outcomes
 * are listened for only while there are calls, and a minute longer; all events of all rooms come by there. Confined to one
 * context.
 */
final class OperatorCommands {

    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final Context context;
    private final EventLog log;
    private final InstanceId instance;
    private final Clock clock;
    private final Map<CommandId, Promise<RoomEvent>> waiting = new HashMap<>();
    private @Nullable Future<Follower> listening;
    private long idleTimer = -1;

    OperatorCommands(Context context, EventLog log, InstanceId instance, Clock clock) {
        this.context = context;
        this.log = log;
        this.instance = instance;
        this.clock = clock;
    }

    /** Completes with the event that is the outcome, fails with a {@link Problem}. */
    <E extends RoomEvent> Future<E> ask(RoomId room, RoomCommand command, Class<E> outcome, Trace trace) {
        return listen().recover(e -> Future.failedFuture(away())).compose(heard -> {
            var record = record(room, command);
            var answer = Promise.<RoomEvent>promise();
            waiting.put(record.id(), answer);
            send(record, trace).onFailure(answer::tryFail);
            return answer.future()
                    .timeout(REPLY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .recover(e -> Future.failedFuture(e instanceof Problem ? e : late()))
                    .onComplete(done -> waiting.remove(record.id()))
                    .compose(event -> event instanceof RoomEvent.CommandRefused refused
                            ? Future.failedFuture(Problem.of(refused))
                            : Future.succeededFuture(outcome.cast(event)));
        });
    }

    /** Completes when the command is durable; what becomes of it is not waited for. */
    Future<Void> tell(RoomId room, RoomCommand command, Trace trace) {
        return send(record(room, command), trace);
    }

    private Future<Void> send(CommandRecord<RoomCommand> record, Trace trace) {
        return log.publish(Topics.ROOM_COMMANDS, record, trace).recover(e -> Future.failedFuture(away()));
    }

    private CommandRecord<RoomCommand> record(RoomId room, RoomCommand command) {
        return new CommandRecord<>(CommandId.random(), room, instance, clock.instant(), command);
    }

    private Future<Follower> listen() {
        var vertx = context.owner();
        vertx.cancelTimer(idleTimer);
        idleTimer = vertx.setTimer(IDLE.toMillis(), timer -> stopListening());
        var open = listening;
        if (open != null && !open.failed()) {
            return open;
        }
        var opening = Promise.<Follower>promise();
        // On the verticle's own context: that of a request ends with it.
        context.runOnContext(
                now -> log.follow(Topics.ROOM_EVENTS, From.NOW, this::heard).onComplete(opening));
        listening = opening.future();
        return opening.future();
    }

    private void stopListening() {
        var open = listening;
        listening = null;
        if (open != null) {
            open.onSuccess(Follower::close);
        }
    }

    private void heard(EventRecord<RoomEvent> record) {
        var answer = waiting.get(record.cause());
        if (answer != null && isOutcome(record.event())) {
            answer.tryComplete(record.event());
        }
    }

    /** What a command leads to on the way there is not what was asked for. */
    private static boolean isOutcome(RoomEvent event) {
        return event instanceof RoomEvent.PeopleListed
                || event instanceof RoomEvent.ParticipantLeft
                || event instanceof RoomEvent.RoomClosed
                || event instanceof RoomEvent.Announced
                || event instanceof RoomEvent.CommandRefused;
    }

    private static Problem away() {
        return Problem.unavailable("Kafka is away, nothing was done; please try again");
    }

    private static Problem late() {
        return Problem.unavailable("no answer in time; it may be carried out still");
    }
}
