package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.FleetInput;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.EventFilter;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;

/**
 * What happens in rooms, as far as it concerns seats, links and what flows. Whoever left needs no seat, also if nobody was there
 * to say so. Confined to the allocator's context.
 */
final class RoomFollower {

    /** Of these something follows; most of what happens in rooms is of others. */
    static final Topic<EventRecord<RoomEvent>> TOPIC = Topics.ROOM_EVENTS.only(EventFilter.only(
            RoomEvent.class,
            RoomEvent.ParticipantLeft.class,
            RoomEvent.RoomClosed.class,
            RoomEvent.ParticipantDisconnected.class,
            RoomEvent.ParticipantResumed.class,
            RoomEvent.StreamStarted.class,
            RoomEvent.StreamMoved.class,
            RoomEvent.StreamStopped.class));

    private final Allocator allocator;
    private final Links links;
    private final FlowWatch flows;
    private final Traces traces;

    RoomFollower(Allocator allocator, Links links, FlowWatch flows, Traces traces) {
        this.allocator = allocator;
        this.links = links;
        this.flows = flows;
        this.traces = traces;
    }

    /** Completes when what it leads to is durable. */
    Future<Void> follow(EventRecord<RoomEvent> record, Trace trace) {
        return switch (record.event()) {
            case RoomEvent.ParticipantLeft left -> {
                flows.back(left.participant());
                yield handle(
                        new FleetInput.SeatReturned(
                                record.cause(), record.at(), record.room(), left.participant(), false),
                        trace);
            }
            case RoomEvent.RoomClosed closed -> {
                flows.roomClosed(record.room());
                yield handle(new FleetInput.RoomEnded(record.cause(), record.at(), record.room(), record.at()), trace);
            }
            case RoomEvent.RoomOpened opened -> Future.succeededFuture();
            case RoomEvent.RoomWentLive live -> Future.succeededFuture();
            case RoomEvent.RoomLocked locked -> Future.succeededFuture();
            case RoomEvent.RoomDescribed described -> Future.succeededFuture();
            case RoomEvent.PeopleListed listed -> Future.succeededFuture();
            case RoomEvent.ParticipantJoined joined -> Future.succeededFuture();
            case RoomEvent.ParticipantDisconnected gone -> {
                flows.away(gone.participant());
                yield Future.succeededFuture();
            }
            case RoomEvent.ParticipantResumed back -> {
                flows.back(back.participant());
                yield Future.succeededFuture();
            }
            case RoomEvent.ParticipantBanned banned -> Future.succeededFuture();
            case RoomEvent.ParticipantRenamed renamed -> Future.succeededFuture();
            case RoomEvent.ParticipantMuted muted -> Future.succeededFuture();
            case RoomEvent.HandRaised raised -> Future.succeededFuture();
            case RoomEvent.HandLowered lowered -> Future.succeededFuture();
            case RoomEvent.ParticipantInvited invited -> Future.succeededFuture();
            case RoomEvent.ParticipantSteppedDown down -> Future.succeededFuture();
            case RoomEvent.StreamStarted started -> {
                links.streamStarted(
                        record.room(), started.stream().id(), started.stream().source());
                flows.streamStarted(record.room(), started.stream());
                yield Future.succeededFuture();
            }
            case RoomEvent.StreamMoved moved -> {
                links.streamMoved(record.room(), record.cause(), moved);
                flows.streamMoved(record.room(), moved.stream(), moved.source());
                yield Future.succeededFuture();
            }
            case RoomEvent.StreamStopped stopped -> {
                links.streamStopped(record.room(), stopped.stream());
                flows.streamStopped(record.room(), stopped.stream());
                yield Future.succeededFuture();
            }
            case RoomEvent.StreamMuted muted -> Future.succeededFuture();
            case RoomEvent.Announced announced -> Future.succeededFuture();
            case RoomEvent.CommandRefused refused -> Future.succeededFuture();
        };
    }

    private Future<Void> handle(FleetInput input, Trace trace) {
        traces.heard(input.cause(), trace);
        return allocator.handle(input);
    }
}
