package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.Effect;
import dev.grandstand.allocator.fleet.Fact;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.allocator.fleet.FleetInput;
import dev.grandstand.allocator.fleet.FleetRules;
import dev.grandstand.mediaclient.MediaFailure;
import dev.grandstand.mediaclient.MediaServers;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.media.NodeMark;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet at work: decides, publishes what was decided, and carries the effects out. Confined to one context. The state
 * runs ahead of the log; should an event not become durable, whoever asked hears nothing, asks again, and is answered from
 * the state.
 */
final class Allocator {

    /** Stands at every pipeline of ours; its value is the room. */
    static final String ROOM_TAG = "grandstand-room";

    /** Commands come again after a crash: those since the last committed offset, a few hundred at most. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Allocator.class);

    private final FleetRules rules;
    private final Function<EventRecord<MediaEvent>, Future<Void>> publish;
    private final Consumer<NodeRef> full;
    private final MediaServers servers;
    private final Traces traces;
    private final InstantSource clock;
    private final Map<FleetInput.SeatRequested, Promise<Void>> unanswered = new HashMap<>();
    private final Set<CommandId> answered = new LinkedHashSet<>();
    /** Changed on the context, read by meters from anywhere. */
    private volatile Fleet fleet = Fleet.EMPTY;

    /**
     * @param publish completes when the event is durable
     * @param full is told of nodes that have no room for a pipeline
     */
    Allocator(
            FleetRules rules,
            Function<EventRecord<MediaEvent>, Future<Void>> publish,
            Consumer<NodeRef> full,
            MediaServers servers,
            Traces traces,
            InstantSource clock) {
        this.rules = rules;
        this.publish = publish;
        this.full = full;
        this.servers = servers;
        this.traces = traces;
        this.clock = clock;
    }

    /** As of now. */
    Fleet fleet() {
        return fleet;
    }

    /** An event of an earlier life. */
    void replay(EventRecord<MediaEvent> event) {
        remember(event);
        fleet = fleet.evolve(new Fact.Published(event));
    }

    /** What an operator said in an earlier life. */
    void replay(NodeMark mark) {
        fleet = fleet.evolve(new Fact.NodeDraining(mark.node(), mark.draining()));
    }

    /**
     * Completes when what it leads to is durable; for a seat's request, when that is answered. A request that was answered
     * already has come a second time, as commands may; whoever asked may have left since.
     */
    Future<Void> handle(FleetInput input) {
        if (input instanceof FleetInput.SeatRequested asked && answered.contains(asked.cause())) {
            return Future.succeededFuture();
        }
        var decision = rules.decide(fleet, input);
        fleet = decision.fleet();
        var events = decision.events();
        var published = publishAll(events);
        events.forEach(this::remember);
        decision.effects().forEach(effect -> carryOut(effect, input.cause()));
        answerWhoNoLongerWaits(published);
        if (input instanceof FleetInput.SeatRequested asked && isSilentlyWaiting(asked)) {
            Promise<Void> answer = Promise.promise();
            unanswered.put(asked, answer);
            return answer.future();
        }
        return published;
    }

    private void remember(EventRecord<MediaEvent> event) {
        answered.add(event.cause());
        if (answered.size() > MOST_REMEMBERED) {
            answered.remove(answered.iterator().next());
        }
    }

    private Future<Void> publishAll(List<EventRecord<MediaEvent>> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture();
        }
        var publishing = new ArrayList<Future<Void>>(events.size());
        events.forEach(event -> publishing.add(publish.apply(event)));
        return (publishing.size() == 1 ? publishing.getFirst() : Future.join(publishing))
                .onFailure(failure -> LOG.atError().setCause(failure).log("media events not published"))
                .mapEmpty();
    }

    private boolean isSilentlyWaiting(FleetInput.SeatRequested asked) {
        return fleet.waiting(asked.room(), asked.participant())
                .filter(who -> who.announced() == 0)
                .isPresent();
    }

    private void answerWhoNoLongerWaits(Future<Void> published) {
        for (Iterator<Map.Entry<FleetInput.SeatRequested, Promise<Void>>> left =
                        unanswered.entrySet().iterator();
                left.hasNext(); ) {
            var entry = left.next();
            if (!isSilentlyWaiting(entry.getKey())) {
                left.remove();
                published.onComplete(entry.getValue());
            }
        }
    }

    private void carryOut(Effect effect, CommandId cause) {
        switch (effect) {
            case Effect.CreatePipeline(var room, var node) -> create(room, node, cause);
            case Effect.ReleasePipeline(var node, var pipeline) -> release(node, pipeline);
        }
    }

    private void create(RoomId room, NodeRef node, CommandId cause) {
        var outcome = CommandId.random();
        traces.leadsTo(cause, outcome);
        servers.on(node)
                .createPipeline(Map.of(ROOM_TAG, room.value()))
                .onSuccess(pipeline -> {
                    LOG.atInfo()
                            .addKeyValue("trace", traces.of(outcome))
                            .addKeyValue("room", room)
                            .addKeyValue("node", node.id())
                            .log("room placed");
                    handle(new FleetInput.PipelineMade(outcome, clock.instant(), room, node, pipeline));
                })
                .onFailure(failure -> {
                    LOG.atWarn()
                            .addKeyValue("trace", traces.of(outcome))
                            .addKeyValue("room", room)
                            .addKeyValue("node", node.id())
                            .setCause(failure)
                            .log("room could not be placed");
                    if (failure instanceof MediaFailure why && why.kind() == MediaFailure.Kind.NO_RESOURCES) {
                        full.accept(node);
                    }
                    handle(new FleetInput.PipelineFailed(outcome, clock.instant(), room, node));
                });
    }

    /** A failure leaves an orphan, which the sweep finds. */
    private void release(NodeRef node, String pipeline) {
        servers.on(node).release(pipeline).onFailure(failure -> LOG.atWarn()
                .addKeyValue("node", node.id())
                .addKeyValue("pipeline", pipeline)
                .setCause(failure)
                .log("pipeline not released"));
    }
}
