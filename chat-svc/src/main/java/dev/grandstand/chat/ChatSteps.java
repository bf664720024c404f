package dev.grandstand.chat;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import java.util.stream.Collectors;

/** Says of each command what was decided, for whoever follows a trace. */
final class ChatSteps {

    private ChatSteps() {}

    static void decided(CommandRecord<ChatCommand> record, Decision<ChatEvent> decision, Trace trace) {
        if (Trace.isLogged()) {
            var command = record.command();
            trace.step("chat-svc", record.room(), command.actor())
                    .addKeyValue("command", command.getClass().getSimpleName())
                    .addKeyValue("events", names(decision))
                    .log("decided");
        }
    }

    private static String names(Decision<ChatEvent> decision) {
        return decision.events().stream()
                .map(event -> event.getClass().getSimpleName())
                .collect(Collectors.joining(","));
    }
}
