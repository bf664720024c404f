package dev.grandstand.eventlog.streams;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.RoomId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Decides the commands of one partition, one after another. Events, state and summaries of a command are committed
 * together, with the command's offset, or not at all.
 *
 * <p>A record that is no command, or that the rules choke on, is logged and passed over: it would fail again for ever, and
 * every room of the partition behind it.
 */
final class DeciderProcessor<C, E, S> implements Processor<String, byte[], String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(DeciderProcessor.class);

    /** How often a task asks whether it is its turn to wake rooms, until all are awake. */
    private static final Duration WAKE_EVERY = Duration.ofMillis(10);

    private final DeciderSpec<C, E, S> spec;
    private final Set<RoomId> unsummarized = new HashSet<>();
    private @Nullable ProcessorContext<String, byte[]> context;
    private @Nullable LiveRooms<E, S> rooms;
    private final ThreadLocal<CommitPace> paces;
    private final ThreadLocal<WakeTurns> turns;
    private @Nullable Cancellable waking;
    private @Nullable Cancellable committing;

    /**
     * @param paces of the stream threads
     * @param turns of the stream threads
     */
    DeciderProcessor(DeciderSpec<C, E, S> spec, ThreadLocal<CommitPace> paces, ThreadLocal<WakeTurns> turns) {
        this.spec = spec;
        this.paces = paces;
        this.turns = turns;
    }

    /** Runs whenever the task starts here, after its store has been restored; also again on the same object. */
    @Override
    public void init(ProcessorContext<String, byte[]> given) {
        context = given;
        var store = new PartStore(given.getStateStore(DeciderTopology.STORE));
        var restored = LiveRooms.restored(spec.decider(), spec.parts(), store);
        rooms = restored;
        committing = null;
        unsummarized.clear();
        var summaries = spec.summaries();
        if (summaries != null) {
            given.schedule(summaries.every(), PunctuationType.WALL_CLOCK_TIME, now -> summarizeChanged(summaries, now));
        }
        var timers = spec.timers();
        if (timers != null) {
            given.schedule(timers.every(), PunctuationType.WALL_CLOCK_TIME, now -> sendDue(timers, now));
        }
        waking =
                restored.areAwake() ? null : given.schedule(WAKE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> wake());
    }

    /** Changes that still waited for their summary when the task stopped are unknown, so each room gets one. */
    private void wake() {
        if (!turns.get().begins()) {
            return;
        }
        unsummarized.addAll(rooms().wake(WakeTurns.TURN));
        turns.get().ended();
        if (rooms().areAwake() && waking != null) {
            waking.cancel();
            waking = null;
        }
    }

    @Override
    public void process(Record<String, byte[]> record) {
        CommandRecord<C> command;
        Decision<E> decision;
        Change<E, S> change;
        try {
            command = command(record);
            decision = spec.decider().decide(rooms().get(command.room()), command);
            change = rooms().change(command, decision);
        } catch (BadJson e) {
            passedOver(record).log("unreadable command passed over: {}", e.getMessage());
            return;
        } catch (LiveRooms.Unreadable e) {
            // Not the command's fault, and the next one would find the same.
            throw e;
        } catch (RuntimeException e) {
            passedOver(record).setCause(e).log("command passed over");
            return;
        }
        rooms().apply(change);
        paces.get().decided(Objects.requireNonNull(context).currentSystemTimeMs());
        var trace = Trace.of(record.headers());
        for (var event : change.events()) {
            forward(DeciderTopology.EVENTS, event.room(), spec.events().encode(event), record.timestamp(), trace);
        }
        var summaries = spec.summaries();
        if (summaries != null && change.before() != change.after()) {
            changed(summaries, change, record.timestamp());
        }
        spec.decided().decided(command, decision, trace);
    }

    private LoggingEventBuilder passedOver(Record<String, byte[]> record) {
        return LOG.atError().addKeyValue("topic", spec.commands()).addKeyValue("room", record.key());
    }

    private CommandRecord<C> command(Record<String, byte[]> record) throws BadJson {
        var command = spec.commands().decode(Objects.requireNonNull(record.value(), "a command has a value"));
        if (!command.room().value().equals(record.key())) {
            throw new IllegalArgumentException("a command for " + command.room() + " under another room's key");
        }
        return command;
    }

    private void changed(Summaries<S, ?> summaries, Change<E, S> change, long timestamp) {
        if (summaries.atOnce().test(change.before(), change.after())) {
            summarize(summaries, change.room(), timestamp);
        } else {
            unsummarized.add(change.room());
        }
    }

    private void summarizeChanged(Summaries<S, ?> summaries, long now) {
        for (var room : List.copyOf(unsummarized)) {
            summarize(summaries, room, now);
        }
    }

    private void summarize(Summaries<S, ?> summaries, RoomId room, long timestamp) {
        unsummarized.remove(room);
        var state = rooms().get(room);
        forward(
                DeciderTopology.SUMMARIES,
                room,
                summaries.encode(state, spec.decider().isInitial(state)),
                timestamp,
                Trace.NONE);
    }

    private void sendDue(Timers<C, S> timers, long now) {
        for (var command : timers.due().apply(rooms().all())) {
            forward(DeciderTopology.DUE, command.room(), spec.commands().encode(command), now, Trace.begin());
        }
    }

    @SuppressWarnings("NullAway") // A null value is how Kafka spells the end of a key.
    private void forward(String sink, RoomId room, byte @Nullable [] value, long timestamp, Trace trace) {
        var headers = new RecordHeaders();
        trace.addTo(headers);
        var task = Objects.requireNonNull(context);
        task.forward(new Record<>(room.value(), value, timestamp, headers), sink);
        seeToCommit(task);
    }

    private void seeToCommit(ProcessorContext<String, byte[]> task) {
        long wait = paces.get().written(task.currentSystemTimeMs());
        if (wait > 0) {
            cancelCommit();
            committing = task.schedule(Duration.ofMillis(wait), PunctuationType.WALL_CLOCK_TIME, now -> commit(task));
        }
    }

    /** Commits what all tasks of the thread have written. */
    private void commit(ProcessorContext<String, byte[]> task) {
        cancelCommit();
        paces.get().committing();
        task.commit();
    }

    private void cancelCommit() {
        if (committing != null) {
            committing.cancel();
            committing = null;
        }
    }

    private LiveRooms<E, S> rooms() {
        return Objects.requireNonNull(rooms, "not initialized");
    }
}
