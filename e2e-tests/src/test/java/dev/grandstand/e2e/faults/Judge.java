package dev.grandstand.e2e.faults;

import dev.grandstand.e2e.DurableLog;
import dev.grandstand.e2e.faults.Deed.Kind;
import dev.grandstand.e2e.faults.Deed.Outcome;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import dev.grandstand.room.RoomCommandReplay;
import dev.grandstand.room.RoomFold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what clients were told and what they see against what stands in the topics. Everything wrong is named. Long, because
 * each promise is a check of its own.
 */
final class Judge {

    /** A hand that was raised so shortly before a client joined may have come to it as news, or not. */
    private static final Duration SIMULTANEOUS = Duration.ofSeconds(2);

    private final Map<String, List<CommandRecord<RoomCommand>>> commands;
    private final Map<String, List<EventRecord<RoomEvent>>> events;
    private final Map<String, List<EventRecord<ChatEvent>>> chats;
    private final Map<RoomId, RoomFold.Picture> pictures = new HashMap<>();
    private final Map<RoomId, List<MessageId>> messages = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    /** Reads the topics as they are now. */
    Judge(DurableLog log, List<RoomId> rooms) {
        commands = log.read(Topics.ROOM_COMMANDS);
        events = log.read(Topics.ROOM_EVENTS);
        chats = log.read(Topics.CHAT_EVENTS);
        for (var room : rooms) {
            pictures.put(room, RoomFold.fold(room, events(room)));
            messages.put(room, standing(room));
        }
    }

    private List<EventRecord<RoomEvent>> events(RoomId room) {
        return events.getOrDefault(room.value(), List.of());
    }

    private List<EventRecord<ChatEvent>> chats(RoomId room) {
        return chats.getOrDefault(room.value(), List.of());
    }

    /** Everything that is wrong, so far. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    RoomFold.Picture picture(RoomId room) {
        return pictures.get(room);
    }

    /** The room's chat, oldest first. */
    List<MessageId> messages(RoomId room) {
        return messages.get(room);
    }

    /** Every command was decided once and in its order: deciding them again leads to the very same events. */
    Judge replay() {
        for (var room : pictures.keySet()) {
            var decided = commands.getOrDefault(room.value(), List.of());
            if (!RoomCommandReplay.replay(room, decided).equals(events(room))) {
                wrong.add("the events of " + room + " are not those that its commands lead to");
            }
            // A command whose fate was unknown may stand twice; it may not come to pass twice.
            duplicates(events(room).stream().filter(Judge::changesTheRoom).toList())
                    .forEach(event -> wrong.add("happened twice: " + event));
        }
        return this;
    }

    private static boolean changesTheRoom(EventRecord<RoomEvent> record) {
        return !(record.event() instanceof RoomEvent.RoomDescribed
                || record.event() instanceof RoomEvent.PeopleListed
                || record.event() instanceof RoomEvent.CommandRefused);
    }

    /** What was acknowledged stands; what was refused does not; nothing stands twice. */
    Judge acknowledgements(List<Deed> deeds) {
        deeds.forEach(deed -> {
            switch (deed.kind()) {
                case CHAT -> chat(deed);
                case RENAME -> once(deed, renames(deed));
                case JOIN ->
                    once(deed, happened(deed, RoomEvent.ParticipantJoined.class, e -> e.participant()
                            .id()));
                case LEAVE ->
                    once(deed, happened(deed, RoomEvent.ParticipantLeft.class, RoomEvent.ParticipantLeft::participant));
                case RESUME, HAND -> {}
            }
        });
        finalHands(deeds);
        for (var room : pictures.keySet()) {
            duplicates(posted(room).stream()
                            .filter(message -> message.clientId() != null)
                            .map(message -> message.message().participant() + " " + message.clientId())
                            .toList())
                    .forEach(twice -> wrong.add(room + " has twice what was said once: " + twice));
        }
        return this;
    }

    private void chat(Deed deed) {
        var said = posted(deed.room()).stream()
                .filter(message -> message.message().participant().equals(deed.who())
                        && message.clientId() != null
                        && message.clientId().value().equals(deed.what()))
                .toList();
        switch (deed.outcome()) {
            case ACKNOWLEDGED -> {
                if (said.size() != 1 || !said.getFirst().message().id().value().equals(deed.answer())) {
                    wrong.add("acknowledged, but there are " + said.size() + ": " + deed);
                }
            }
            case REFUSED -> {
                if (!said.isEmpty()) {
                    wrong.add("refused, but said: " + deed);
                }
            }
            case UNKNOWN -> {}
        }
    }

    private void once(Deed deed, long times) {
        if (deed.outcome() == Outcome.ACKNOWLEDGED && times != 1) {
            wrong.add("acknowledged, but happened " + times + " times: " + deed);
        } else if (deed.outcome() == Outcome.REFUSED && deed.kind() == Kind.RENAME && times != 0) {
            wrong.add("refused, but happened: " + deed);
        } else if (deed.outcome() == Outcome.UNKNOWN && deed.kind() == Kind.RENAME && times > 1) {
            wrong.add("happened " + times + " times: " + deed);
        }
    }

    private long renames(Deed deed) {
        return of(deed.room(), RoomEvent.ParticipantRenamed.class).stream()
                .filter(renamed -> renamed.participant().equals(deed.who())
                        && renamed.name().value().equals(deed.what()))
                .count();
    }

    private <E extends RoomEvent> long happened(Deed deed, Class<E> type, Function<E, ParticipantId> who) {
        return of(deed.room(), type).stream()
                .filter(event -> who.apply(event).equals(deed.who()))
                .count();
    }

    private <E extends RoomEvent> List<E> of(RoomId room, Class<E> type) {
        return events(room).stream()
                .map(EventRecord::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Whose last two requests about a hand were answered has it as the last one said, unless they went on stage with it. */
    private void finalHands(List<Deed> deeds) {
        var last = new HashMap<ParticipantId, List<Deed>>();
        deeds.stream().filter(deed -> deed.kind() == Kind.HAND).forEach(deed -> last.computeIfAbsent(
                        deed.who(), first -> new ArrayList<>())
                .add(deed));
        last.forEach((who, all) -> {
            var tail = all.subList(Math.max(0, all.size() - 2), all.size());
            var picture = picture(all.getLast().room());
            if (tail.stream().allMatch(deed -> deed.outcome() == Outcome.ACKNOWLEDGED)
                    && picture.people().containsKey(who)
                    && of(all.getLast().room(), RoomEvent.StreamStarted.class).stream()
                            .noneMatch(started -> started.stream().participant().equals(who))
                    && picture.hands().containsKey(who)
                            != Boolean.parseBoolean(all.getLast().what())) {
                wrong.add("acknowledged, but not so: " + all);
            }
        });
    }

    /** Nobody is in a room but the clients that say so, and all of them are connected. */
    Judge presence(List<ScriptedClient.State> clients) {
        for (var room : pictures.keySet()) {
            var here = clients.stream()
                    .filter(client -> client.room().equals(room) && client.view() != null)
                    .map(client -> client.view().you())
                    .collect(Collectors.toSet());
            var picture = picture(room);
            if (!picture.people().keySet().equals(here)) {
                wrong.add(room + " has " + minus(picture.people().keySet(), here) + " who are not there, and lacks "
                        + minus(here, picture.people().keySet()));
            }
            if (!picture.connected().equals(here)) {
                wrong.add(room + " takes for disconnected: " + minus(here, picture.connected()));
            }
        }
        return this;
    }

    /** What a client was told is what there is. */
    Judge view(ScriptedClient.State client) {
        var view = client.view();
        if (view == null) {
            wrong.add("client " + client.index() + " is not in " + client.room() + " but " + client.stage());
            return this;
        }
        var picture = picture(client.room());
        var about = "client " + client.index() + " in " + client.room() + " since " + view.since() + ": ";
        var people = picture.people().values().stream()
                .collect(Collectors.toMap(person -> person.id(), person -> person.name()));
        differ(about + "people", view.roster(), people);
        differ(about + "audience", view.audience(), people.size());
        differ(about + "lock", view.locked(), picture.locked());
        differ(
                about + "streams",
                view.streams(),
                picture.streams().stream().collect(Collectors.toMap(Stream::id, Stream::participant)));
        hands(about, view, picture);
        chat(about, view, messages(client.room()));
        return this;
    }

    private void hands(String about, RoomView.Snapshot view, RoomFold.Picture picture) {
        var all = picture.hands();
        var unseen = minus(all.keySet(), view.hands()).stream()
                .filter(who ->
                        view.moderates() || all.get(who).isAfter(view.since().plus(SIMULTANEOUS)))
                .toList();
        if (!all.keySet().containsAll(view.hands()) || !unseen.isEmpty()) {
            wrong.add(about + "hands " + view.hands() + " instead of " + all);
        }
    }

    /** From the first that it has, a client has them all, in their order. */
    private void chat(String about, RoomView.Snapshot view, List<MessageId> all) {
        var first = view.chat().isEmpty() ? all.size() : all.indexOf(view.chat().getFirst());
        var isAll = !view.knowsFirstMessage() || first == 0 || all.isEmpty();
        if (first < 0 || !isAll || !all.subList(first, all.size()).equals(view.chat())) {
            wrong.add(about + "chat has " + view.chat().size() + " messages, missing "
                    + minus(Set.copyOf(all.subList(Math.max(0, first), all.size())), Set.copyOf(view.chat()))
                    + ", of " + all.size() + ", history known: " + view.knowsHistory());
        }
    }

    private void differ(String what, Object seen, Object is) {
        if (!seen.equals(is)) {
            wrong.add(what + " " + seen + " instead of " + is);
        }
    }

    private List<ChatEvent.MessagePosted> posted(RoomId room) {
        return chats(room).stream()
                .map(EventRecord::event)
                .filter(ChatEvent.MessagePosted.class::isInstance)
                .map(ChatEvent.MessagePosted.class::cast)
                .toList();
    }

    /** What was said since the room opened. */
    private List<MessageId> standing(RoomId room) {
        var standing = new ArrayList<MessageId>();
        for (var event : chats(room)) {
            if (event.event() instanceof ChatEvent.MessagePosted(ChatMessage message, var clientId)) {
                standing.add(message.id());
            } else if (event.event() instanceof ChatEvent.HistoryCleared) {
                standing.clear();
            }
        }
        return standing;
    }

    private static <T> Set<T> minus(Set<T> all, Set<T> without) {
        return all.stream().filter(one -> !without.contains(one)).collect(Collectors.toSet());
    }

    private static <T> Set<T> duplicates(List<T> all) {
        return all.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
