package dev.grandstand.e2e.faults;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.client.ServerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A room as a client knows it: what {@code joined} said, and every message since. Nothing is asked for. */
final class RoomView {

    private final ParticipantId you;
    private final Instant since = Instant.now();
    private final boolean moderates;
    private final boolean knowsHistory;
    private final boolean knowsFirstMessage;
    private final Map<ParticipantId, DisplayName> roster = new HashMap<>();
    private final Set<ParticipantId> hands = new HashSet<>();
    private final Map<StreamId, ParticipantId> streams = new HashMap<>();
    private final List<MessageId> chat = new ArrayList<>();
    private final Set<MessageId> seen = new HashSet<>();
    private boolean locked;
    private int audience;

    RoomView(ServerMessage.Joined joined) {
        you = joined.you().id();
        moderates = joined.standing().moderate();
        var state = joined.chatState();
        knowsHistory = state != null;
        knowsFirstMessage = state != null && state.before() == null;
        locked = joined.room().locked();
        audience = joined.audience();
        joined.roster().forEach(person -> roster.put(person.id(), person.name()));
        joined.hands().forEach(person -> hands.add(person.id()));
        joined.streams().forEach(stream -> streams.put(stream.id(), stream.participant()));
        joined.chat().forEach(this::heard);
    }

    /**
     * As it is now.
     *
     * @param since when the client joined, or was back
     * @param moderates whether {@code hands} has all of them, and not only those raised since
     * @param knowsHistory whether {@code joined} came with the chat's history
     * @param knowsFirstMessage whether {@code chat} has all messages, and not only the last
     * @param chat ids in the order in which they came
     */
    record Snapshot(
            ParticipantId you,
            Instant since,
            boolean moderates,
            boolean knowsHistory,
            boolean knowsFirstMessage,
            Map<ParticipantId, DisplayName> roster,
            Set<ParticipantId> hands,
            Map<StreamId, ParticipantId> streams,
            List<MessageId> chat,
            boolean locked,
            int audience) {}

    Snapshot snapshot() {
        return new Snapshot(
                you,
                since,
                moderates,
                knowsHistory,
                knowsFirstMessage,
                Map.copyOf(roster),
                Set.copyOf(hands),
                Map.copyOf(streams),
                List.copyOf(chat),
                locked,
                audience);
    }

    boolean isHandUp() {
        return hands.contains(you);
    }

    Map<StreamId, ParticipantId> streams() {
        return streams;
    }

    /** Follows a message; those that say nothing about the room change nothing. */
    void apply(ServerMessage message) {
        switch (message) {
            case ServerMessage.ParticipantJoined joined -> {
                roster.put(joined.participant().id(), joined.participant().name());
                audience = joined.audience();
            }
            case ServerMessage.ParticipantLeft left -> {
                roster.remove(left.participant());
                hands.remove(left.participant());
                audience = left.audience();
            }
            case ServerMessage.ParticipantRenamed renamed ->
                roster.computeIfPresent(renamed.participant(), (who, was) -> renamed.name());
            case ServerMessage.HandRaised raised ->
                hands.add(raised.participant().id());
            case ServerMessage.HandLowered lowered -> hands.remove(lowered.participant());
            case ServerMessage.Invited invited ->
                hands.remove(invited.participant().id());
            case ServerMessage.RoomLocked changed -> locked = changed.locked();
            case ServerMessage.Audience changed -> audience = changed.count();
            case ServerMessage.StreamStarted started ->
                streams.put(started.stream().id(), started.stream().participant());
            case ServerMessage.StreamStopped stopped -> streams.remove(stopped.stream());
            case ServerMessage.Chat said -> heard(said.message());
            case ServerMessage.Chats said -> said.messages().forEach(this::heard);
            case ServerMessage.Joined same -> {}
            case ServerMessage.Resume token -> {}
            case ServerMessage.Ok ok -> {}
            case ServerMessage.Pong pong -> {}
            case ServerMessage.ParticipantDisconnected gone -> {}
            case ServerMessage.ParticipantResumed back -> {}
            case ServerMessage.ParticipantMuted muted -> {}
            case ServerMessage.SteppedDown down -> {}
            case ServerMessage.Removed removed -> {}
            case ServerMessage.People people -> {}
            case ServerMessage.StreamMuted muted -> {}
            case ServerMessage.Answer answer -> {}
            case ServerMessage.Candidate candidate -> {}
            case ServerMessage.Seat seat -> {}
            case ServerMessage.ChatSent sent -> {}
            case ServerMessage.ChatHistory history -> {}
            case ServerMessage.MessageDeleted deleted -> {}
            case ServerMessage.ChatCleared cleared -> {}
            case ServerMessage.MessagePinned pinned -> {}
            case ServerMessage.MessageUnpinned unpinned -> {}
            case ServerMessage.SlowMode slow -> {}
            case ServerMessage.Reactions reactions -> {}
            case ServerMessage.Migrate move -> {}
            case ServerMessage.MediaLost lost -> {}
            case ServerMessage.Notice notice -> {}
            case ServerMessage.Error error -> {}
        }
    }

    /** The same id may come twice, says the protocol. */
    private void heard(ChatMessage message) {
        if (seen.add(message.id())) {
            chat.add(message.id());
        }
    }
}
