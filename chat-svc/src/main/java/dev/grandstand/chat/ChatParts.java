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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A chat as it is stored: {@code m|<slot>} for each kept message, {@code r|<participant>} for each one who spoke lately,
 * {@code s|} for what moderators have set and {@code e|} for the reactions.
 */
final class ChatParts implements StateParts<ChatEvent, Chat> {

    private static final String MESSAGE = "m|";
    private static final String SPEAKER = "r|";
    private static final String SETTINGS = "s|";
    private static final String TALLY = "e|";
    private static final int PREFIX = 2;

    /** A message and its number. */
    record Numbered(long number, ChatMessage message) {}

    /** Somebody who spoke lately; null instead of no messages, as it was before clients named them. */
    record Spoken(
            ParticipantId participant,
            List<Instant> times,
            @Nullable List<Speaker.Accepted> accepted) {

        static Spoken of(Speaker speaker) {
            return new Spoken(speaker.participant(), speaker.times(), speaker.accepted());
        }

        Speaker speaker() {
            return new Speaker(participant, times, accepted == null ? List.of() : accepted);
        }
    }

    @Override
    public Set<String> touched(Chat before, EventRecord<ChatEvent> record) {
        return switch (record.event()) {
            case ChatEvent.MessagePosted posted -> {
                var message = posted.message();
                var forgotten = before.speakers()
                        .forgottenBy(
                                message.participant(),
                                Instant.ofEpochMilli(message.at()),
                                before.settings().slowMode());
                yield union(
                        Stream.of(slot(before.history().next()), SPEAKER + message.participant()),
                        each(SPEAKER, forgotten));
            }
            case ChatEvent.MessageDeleted deleted ->
                union(before.history().numberOf(deleted.message()).stream().map(ChatParts::slot), Stream.of(SETTINGS));
            case ChatEvent.MessagesCleared cleared -> union(slots(before), Stream.of(SETTINGS));
            case ChatEvent.MessagePinned pinned -> Set.of(SETTINGS);
            case ChatEvent.MessageUnpinned unpinned -> Set.of(SETTINGS);
            case ChatEvent.SlowModeChanged slow -> Set.of(SETTINGS);
            case ChatEvent.ReactionsAdded added -> Set.of(TALLY);
            case ChatEvent.HistoryCleared cleared ->
                union(slots(before), each(SPEAKER, before.speakers().known().keySet()), Stream.of(SETTINGS, TALLY));
            case ChatEvent.MessageRepeated repeated -> Set.of();
            case ChatEvent.HistoryRead read -> Set.of();
            case ChatEvent.PageRead read -> Set.of();
            case ChatEvent.CommandRefused refused -> Set.of();
        };
    }

    @Override
    public byte @Nullable [] encode(Chat chat, String part) {
        var name = part.substring(PREFIX);
        return switch (part.substring(0, PREFIX)) {
            case MESSAGE -> encodeSlot(chat.history(), Integer.parseInt(name));
            case SPEAKER ->
                encoded(chat.speakers()
                        .find(new ParticipantId(name))
                        .map(Spoken::of)
                        .orElse(null));
            case SETTINGS -> encoded(chat.settings().isEmpty() ? null : chat.settings());
            case TALLY -> encoded(chat.tally().isEmpty() ? null : chat.tally());
            default -> throw new IllegalArgumentException("a chat has no part " + part);
        };
    }

    @Override
    public Chat restore(RoomId room, Map<String, byte[]> parts) throws BadJson {
        var history = History.EMPTY;
        var speakers = Speakers.NONE;
        var settings = Settings.NONE;
        var tally = Tally.NONE;
        for (var part : parts.entrySet()) {
            var stored = part.getValue();
            switch (part.getKey().substring(0, PREFIX)) {
                case MESSAGE -> {
                    var numbered = Json.decode(stored, Numbered.class);
                    history = history.numbered(numbered.number(), numbered.message());
                }
                case SPEAKER ->
                    speakers = speakers.with(Json.decode(stored, Spoken.class).speaker());
                case SETTINGS -> settings = Json.decode(stored, Settings.class);
                case TALLY -> tally = Json.decode(stored, Tally.class);
                default -> throw new IllegalArgumentException("a chat has no part " + part.getKey());
            }
        }
        return new Chat(room, history, speakers, settings, tally);
    }

    /** The newest message of the slot: an older one has been overwritten. */
    private static byte @Nullable [] encodeSlot(History history, int slot) {
        var newest = history.next() - 1;
        var number = newest - Math.floorMod(newest - slot, History.SIZE);
        var message = history.numbered().get(number);
        return encoded(message == null ? null : new Numbered(number, message));
    }

    private static byte @Nullable [] encoded(@Nullable Object part) {
        return part == null ? null : Json.encode(part);
    }

    private static Stream<String> slots(Chat chat) {
        return chat.history().numbered().keySet().stream().map(ChatParts::slot);
    }

    private static String slot(long number) {
        return MESSAGE + number % History.SIZE;
    }

    private static Stream<String> each(String prefix, Collection<ParticipantId> people) {
        return people.stream().map(who -> prefix + who);
    }

    @SafeVarargs
    private static Set<String> union(Stream<String>... parts) {
        return Stream.of(parts).flatMap(some -> some).collect(Collectors.toSet());
    }
}
