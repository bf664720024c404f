package dev.grandstand.allocator;

import dev.grandstand.allocator.fleet.FleetInput;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.SeatPriority;
import dev.grandstand.protocol.media.MediaCommand;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What is asked of the media plane, as the fleet and the links hear it. Confined to the allocator's context. */
final class Commands {

    /** Whoever asked longer ago than this has given up. */
    private static final Duration STALE = Duration.ofMinutes(1);

    private final Allocator allocator;
    private final Links links;
    private final NodeWatch watch;
    private final Traces traces;
    private final InstantSource clock;

    Commands(Allocator allocator, Links links, NodeWatch watch, Traces traces, InstantSource clock) {
        this.allocator = allocator;
        this.links = links;
        this.watch = watch;
        this.traces = traces;
        this.clock = clock;
    }

    /** Completes when it is answered. */
    Future<Void> obey(CommandRecord<MediaCommand> record, Trace trace) {
        traces.heard(record.id(), trace);
        var room = record.room();
        return switch (record.command()) {
            case MediaCommand.RequestSeat asked
            when isRecent(record) || allocator.fleet().hasSeat(room, asked.participant()) ->
                allocator.handle(new FleetInput.SeatRequested(
                        record.id(),
                        record.at(),
                        room,
                        asked.participant(),
                        Optional.ofNullable(asked.priority()).orElse(SeatPriority.ORDINARY)));
            case MediaCommand.RequestSeat late ->
                allocator.handle(new FleetInput.SeatReturned(record.id(), record.at(), room, late.participant(), true));
            case MediaCommand.ReleaseSeat back ->
                allocator.handle(new FleetInput.SeatReturned(record.id(), record.at(), room, back.participant(), true));
            case MediaCommand.DeclineSeat declined -> decline(record, declined);
            case MediaCommand.ConfirmMove moved ->
                allocator.handle(new FleetInput.MoveConfirmed(
                        record.id(), record.at(), room, moved.participant(), moved.node()));
            case MediaCommand.RequestLink wanted ->
                links.request(room, record.id(), wanted.participant(), wanted.stream(), wanted.source());
            case MediaCommand.ReleaseLink unwanted -> {
                links.release(room, unwanted.participant(), unwanted.stream());
                yield Future.succeededFuture();
            }
            case MediaCommand.ReleaseRoom released ->
                allocator.handle(new FleetInput.RoomEnded(record.id(), record.at(), room, Instant.MAX));
        };
    }

    /** Said again, or of a seat that is not there any more, it says nothing of the node as it is now. */
    private Future<Void> decline(CommandRecord<MediaCommand> record, MediaCommand.DeclineSeat declined) {
        var node = declined.node();
        if (!allocator.fleet().hasSeat(record.room(), declined.participant(), node.id())) {
            return Future.succeededFuture();
        }
        var seated = allocator.handle(new FleetInput.SeatDeclined(
                record.id(),
                record.at(),
                record.room(),
                declined.participant(),
                node.id(),
                Optional.ofNullable(declined.priority()).orElse(SeatPriority.ORDINARY)));
        watch.refused(node);
        return seated;
    }

    /** Somebody who comes back asks for the seat that they have; however late that is heard, they keep it. */
    private boolean isRecent(CommandRecord<MediaCommand> record) {
        return record.at().isAfter(clock.instant().minus(STALE));
    }
}
