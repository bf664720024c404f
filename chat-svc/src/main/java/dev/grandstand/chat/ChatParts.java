package dev.grandstand.chat;

import dev.grandstand.eventlog.streams.StateParts;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A chat as it is stored: {@code m|<slot>} for each kept message, {@code r|<participant>} for each one's pace. */
final class ChatParts implements StateParts<ChatEvent, Chat> {

    private static final String MESSAGE = "m|";
    private static final String RECENT = "r|";

    /** A message and its number. */
    record Numbered(long number, ChatMessage message) {}

    /** When somebody last posted. */
    record Recent(ParticipantId participant, List<Instant> times) {}

    @Override
    public Set<String> touched(Chat before, EventRecord<ChatEvent> record) {
        return switch (record.event()) {
            case ChatEvent.MessagePosted posted -> {
                var message = posted.message();
                var forgotten = before.pace().whose(before.pace().quietAt(Instant.ofEpochMilli(message.at())));
                yield Stream.concat(
                                Stream.of(slot(before.history().next()), RECENT + message.participant()),
                                forgotten.stream().map(who -> RECENT + who))
                        .collect(Collectors.toSet());
            }
            case ChatEvent.HistoryCleared cleared ->
                Stream.concat(
                                before.history().numbered().keySet().stream().map(ChatParts::slot),
                                before.pace().recent().keySet().stream().map(who -> RECENT + who))
                        .collect(Collectors.toSet());
            case ChatEvent.HistoryRead read -> Set.of();
            case ChatEvent.CommandRefused refused -> Set.of();
        };
    }

    @Override
    public byte @Nullable [] encode(Chat chat, String part) {
        return part.startsWith(MESSAGE)
                ? encodeSlot(chat.history(), Integer.parseInt(part.substring(MESSAGE.length())))
                : encodeRecent(chat.pace(), new ParticipantId(part.substring(RECENT.length())));
    }

    @Override
    public Chat restore(RoomId room, Map<String, byte[]> parts) throws BadJson {
        var history = History.EMPTY;
        var recent = Pace.EMPTY.recent();
        for (var part : parts.entrySet()) {
            if (part.getKey().startsWith(MESSAGE)) {
                var numbered = Json.decode(part.getValue(), Numbered.class);
                history = history.numbered(numbered.number(), numbered.message());
            } else {
                var times = Json.decode(part.getValue(), Recent.class);
                recent = recent.plus(times.participant(), times.times());
            }
        }
        return new Chat(room, history, new Pace(recent));
    }

    private static byte @Nullable [] encodeSlot(History history, int slot) {
        for (var entry : history.numbered().descendingMap().entrySet()) {
            if (entry.getKey() % History.SIZE == slot) {
                return Json.encode(new Numbered(entry.getKey(), entry.getValue()));
            }
        }
        return null;
    }

    private static byte @Nullable [] encodeRecent(Pace pace, ParticipantId who) {
        var times = pace.recent().get(who);
        return times == null ? null : Json.encode(new Recent(who, times));
    }

    private static String slot(long number) {
        return MESSAGE + number % History.SIZE;
    }
}
