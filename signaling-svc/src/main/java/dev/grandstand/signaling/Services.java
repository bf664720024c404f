package dev.grandstand.signaling;

import dev.grandstand.eventlog.EventLog;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.media.MediaCommand;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Room-svc, chat-svc and the allocator as one event loop sees them: commands out, and their outcome by event. */
final class Services {

    static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Services.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    private static final int RETRIES = 60;

    /** The audience is led to a stream's new source within a second or so; a client waits ten for its answer. */
    private static final Duration LED_WITHIN = Duration.ofSeconds(8);

    /** While somebody moves, what they want and where their seat is may not fit for a moment. */
    private static final Duration LINK_AGAIN = Duration.ofMillis(300);

    private static final int LINK_ATTEMPTS = 4;

    private final Context context;
    private final EventLog log;
    private final InstanceId instance;
    private final Clock clock;
    private final Trail trail = new Trail();
    private final PendingReplies replies;
    private final Set<Future<Void>> telling = new HashSet<>();

    Services(Context context, EventLog log, InstanceId instance, Clock clock) {
        this.context = context;
        this.log = log;
        this.instance = instance;
        this.clock = clock;
        this.replies = new PendingReplies(context.owner(), trail);
    }

    InstanceId instance() {
        return instance;
    }

    /** For which request it all is. */
    Trail trail() {
        return trail;
    }

    /** An event arrived; to be called after it has been applied to what this event loop knows. */
    void onEvent(CommandId cause, Object event) {
        replies.offer(cause, event);
    }

    /** Completes with the event that is the command's outcome, fails with a {@link Refusal}. */
    <E extends RoomEvent> Future<E> ask(RoomId room, RoomCommand command, Class<E> outcome) {
        return send(
                        outgoing(Topics.ROOM_COMMANDS, room, command, command.actor()),
                        event -> outcome.isInstance(event) || event instanceof RoomEvent.CommandRefused,
                        REPLY_TIMEOUT)
                .compose(event -> event instanceof RoomEvent.CommandRefused refused
                        ? refused(refused.code(), refused.message())
                        : Future.succeededFuture(outcome.cast(event)));
    }

    /**
     * As {@link #ask}, for what has to come about although whoever asked is told of a failure: where nobody knows the
     * outcome it is said on, and a second time does no harm.
     */
    <E extends RoomEvent> Future<E> insist(RoomId room, RoomCommand command, Class<E> outcome) {
        return ask(room, command, outcome).onFailure(e -> {
            if (isUnknown(e)) {
                tell(room, command);
            }
        });
    }

    /** Whether a command that failed this way may have been carried out, or may still be. */
    static boolean isUnknown(Throwable failure) {
        return !(failure instanceof Refusal refusal) || refusal.code() == ErrorCode.UNAVAILABLE;
    }

    /** Completes with the event that is the command's outcome, fails with a {@link Refusal}. */
    <E extends ChatEvent> Future<E> ask(RoomId room, ChatCommand command, Class<E> outcome, Duration limit) {
        return send(
                        outgoing(Topics.CHAT_COMMANDS, room, command, command.actor()),
                        event -> outcome.isInstance(event) || event instanceof ChatEvent.CommandRefused,
                        limit)
                .compose(event -> event instanceof ChatEvent.CommandRefused refused
                        ? refused(refused.code(), refused.message())
                        : Future.succeededFuture(outcome.cast(event)));
    }

    /** Completes when everybody who watches the stream is fed from its new source, fails with a {@link Refusal}. */
    Future<Void> move(RoomId room, RoomCommand.MoveStream command) {
        return send(
                        outgoing(Topics.ROOM_COMMANDS, room, command, command.actor()),
                        event -> event instanceof MediaEvent.StreamLed || event instanceof RoomEvent.CommandRefused,
                        LED_WITHIN)
                .compose(event -> event instanceof RoomEvent.CommandRefused refused
                        ? refused(refused.code(), refused.message())
                        : Future.succeededFuture());
    }

    /**
     * Completes when the stream can be watched on the node of the participant's seat, fails with a {@link Refusal} if that
     * is refused several times.
     */
    Future<MediaEvent.LinkMade> ask(RoomId room, MediaCommand.RequestLink command) {
        return ask(room, command, LINK_ATTEMPTS);
    }

    private Future<MediaEvent.LinkMade> ask(RoomId room, MediaCommand.RequestLink command, int attempts) {
        return send(
                        outgoing(Topics.MEDIA_COMMANDS, room, command, command.actor()),
                        event -> event instanceof MediaEvent.LinkMade || event instanceof MediaEvent.LinkRefused,
                        REPLY_TIMEOUT)
                .compose(event -> switch (event) {
                    case MediaEvent.LinkMade made -> Future.succeededFuture(made);
                    case MediaEvent.LinkRefused refused
                    when attempts > 1 ->
                        context.owner()
                                .timer(LINK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)
                                .compose(later -> ask(room, command, attempts - 1));
                    case MediaEvent.LinkRefused(var stream, var message) ->
                        Future.failedFuture(new Refusal(
                                ErrorCode.UNAVAILABLE, "the stream cannot be brought to your media node: " + message));
                    default -> Future.failedFuture(new IllegalStateException("no answer to this: " + event));
                });
    }

    /**
     * Says something that has to arrive even if Kafka is away for a minute; nobody waits for the outcome. It may arrive twice,
     * late: the command says what it is about in a way that cannot mean anything that comes after it.
     */
    void tell(RoomId room, RoomCommand command) {
        tell(outgoing(Topics.ROOM_COMMANDS, room, command, command.actor()), () -> true);
    }

    /** The same of the media plane: what is answered is answered by an event for the participant. */
    void tell(RoomId room, MediaCommand command) {
        tell(room, command, () -> true);
    }

    /**
     * The same of what could be meant no more before it has arrived, and would do harm then.
     *
     * @param meant whether it still is; asked before it is said again
     * @return what an answer names as its cause
     */
    CommandId tell(RoomId room, MediaCommand command, BooleanSupplier meant) {
        var outgoing = outgoing(Topics.MEDIA_COMMANDS, room, command, command.actor());
        tell(outgoing, meant);
        return outgoing.record().id();
    }

    /** Says what is worth one attempt; if Kafka is away it is lost, and nobody is told. */
    void tell(RoomId room, ChatCommand command) {
        outgoing(Topics.CHAT_COMMANDS, room, command, command.actor())
                .publish(log)
                .onFailure(
                        e -> LOG.atWarn().addKeyValue("room", room).setCause(e).log("chat command not sent"));
    }

    /** What nobody's request led to, as when a socket breaks, is followed from here. */
    private <C> Outgoing<C> outgoing(
            Topic<CommandRecord<C>> topic, RoomId room, C command, @Nullable ParticipantId actor) {
        var record = new CommandRecord<>(CommandId.random(), room, instance, clock.instant(), command);
        return new Outgoing<>(topic, record, actor, trail.now().isNone() ? Trace.begin() : trail.now());
    }

    private Future<Object> send(Outgoing<?> command, Predicate<Object> isOutcome, Duration limit) {
        var record = command.record();
        var reply = replies.await(record.id(), isOutcome, limit, command.trace())
                .onSuccess(command::answeredBy)
                .onFailure(command::unanswered);
        command.publish(log)
                .onFailure(e -> context.runOnContext(now -> {
                    LOG.atWarn()
                            .addKeyValue("trace", command.trace())
                            .addKeyValue("topic", command.topic())
                            .addKeyValue("room", record.room())
                            .setCause(e)
                            .log("command not sent");
                    replies.fail(
                            record.id(), new Refusal(ErrorCode.UNAVAILABLE, "the service is away, please try again"));
                }));
        return reply;
    }

    /** Completes when everything told so far is durable, or given up. */
    Future<Void> allTold() {
        return Future.join(List.copyOf(telling)).mapEmpty();
    }

    private void tell(Outgoing<?> command, BooleanSupplier meant) {
        var told = Promise.<Void>promise();
        telling.add(told.future());
        told.future().onComplete(done -> telling.remove(told.future()));
        untilDurable(command, meant, RETRIES, told);
    }

    private void untilDurable(Outgoing<?> command, BooleanSupplier meant, int retries, Promise<Void> told) {
        command.publish(log)
                .onComplete(published -> context.runOnContext(now -> {
                    if (published.succeeded()) {
                        told.complete();
                    } else if (retries == 0) {
                        LOG.atError()
                                .addKeyValue("trace", command.trace())
                                .addKeyValue("topic", command.topic())
                                .addKeyValue("room", command.record().room())
                                .addKeyValue("command", command.record().command())
                                .setCause(published.cause())
                                .log("command given up");
                        told.fail(published.cause());
                    } else {
                        context.owner().setTimer(RETRY_DELAY.toMillis(), timer -> {
                            if (meant.getAsBoolean()) {
                                untilDurable(command, meant, retries - 1, told);
                            } else {
                                told.complete();
                            }
                        });
                    }
                }));
    }

    private static <T> Future<T> refused(String code, String message) {
        return Future.failedFuture(new Refusal(ErrorCode.ofWire(code), message));
    }
}
