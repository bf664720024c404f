package dev.grandstand.room;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.stream.Collectors;

/** Says of each command what was decided, for whoever follows a trace. */
final class RoomSteps {

    private RoomSteps() {}

    static void decided(CommandRecord<RoomCommand> record, Decision<RoomEvent> decision, Trace trace) {
        if (Trace.isLogged()) {
            var command = record.command();
            trace.step("room-svc", record.room(), command.actor())
                    .addKeyValue("command", command.getClass().getSimpleName())
                    .addKeyValue("events", names(decision))
                    .log("decided");
        }
    }

    private static String names(Decision<RoomEvent> decision) {
        return decision.events().stream()
                .map(event -> event.getClass().getSimpleName())
                .collect(Collectors.joining(","));
    }
}
