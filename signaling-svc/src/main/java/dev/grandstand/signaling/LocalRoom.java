package dev.grandstand.signaling;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.chat.Reaction;
import dev.grandstand.protocol.client.RoomInfo;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.client.StreamInfo;
import dev.grandstand.protocol.room.RoomEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A room as one event loop knows it: which of its sessions are in it, and what they need to be told. Begins with what
 * room-svc described to the first of them, and follows every event since; forgotten with the last. Up to {@link
 * #ROSTER_LIMIT} participants are told of each other; a larger room only hears how many they are.
 */
final class LocalRoom {

    static final int ROSTER_LIMIT = 200;

    private final RoomId id;
    private final String title;
    private final LocalChat chat;
    private final Set<Member> members = new LinkedHashSet<>();
    private final Map<StreamId, Stream> streams = new LinkedHashMap<>();
    private final Map<ParticipantId, DisplayName> presenters = new LinkedHashMap<>();
    private int audience;
    private int announcedAudience;

    LocalRoom(RoomId id, RoomEvent.RoomDescribed described, Later later, Consumer<Map<Reaction, Integer>> reactions) {
        this.id = id;
        this.chat = new LocalChat(this::tellOfChat, () -> !isSmall(), later, reactions);
        this.title = described.title();
        this.audience = described.audience();
        this.announcedAudience = audience;
        described.streams().forEach(stream -> streams.put(stream.id(), stream));
        described.roster().forEach(participant -> {
            chat.names().heard(participant.id(), participant.name());
            if (streams.values().stream()
                    .anyMatch(stream -> stream.participant().equals(participant.id()))) {
                presenters.put(participant.id(), participant.name());
            }
        });
    }

    RoomInfo info() {
        return new RoomInfo(id, title, !streams.isEmpty());
    }

    int audience() {
        return audience;
    }

    List<StreamInfo> streamInfos() {
        return streams.values().stream().map(this::info).toList();
    }

    Optional<Stream> stream(StreamId stream) {
        return Optional.ofNullable(streams.get(stream));
    }

    LocalChat chat() {
        return chat;
    }

    List<Member> members() {
        return new ArrayList<>(members);
    }

    void enter(Member member) {
        members.add(member);
    }

    /** @return whether anybody is left */
    boolean leave(Member member) {
        members.remove(member);
        return !members.isEmpty();
    }

    void apply(RoomEvent event) {
        switch (event) {
            case RoomEvent.ParticipantJoined joined -> {
                audience = joined.audience();
                if (isSmall()) {
                    chat.names()
                            .heard(
                                    joined.participant().id(),
                                    joined.participant().name());
                }
                tellOfPeople(new ServerMessage.ParticipantJoined(joined.participant(), audience));
            }
            case RoomEvent.ParticipantLeft left -> {
                audience = left.audience();
                presenters.remove(left.participant());
                chat.names().forget(left.participant());
                tellOfPeople(new ServerMessage.ParticipantLeft(left.participant(), left.reason(), audience));
            }
            case RoomEvent.ParticipantRenamed renamed -> {
                chat.names().renamed(renamed.participant(), renamed.name());
                presenters.computeIfPresent(renamed.participant(), (who, name) -> renamed.name());
                if (isSmall() || presenters.containsKey(renamed.participant())) {
                    tell(new ServerMessage.ParticipantRenamed(renamed.participant(), renamed.name()));
                }
            }
            case RoomEvent.StreamStarted started -> {
                var stream = started.stream();
                streams.put(stream.id(), stream);
                presenters.put(stream.participant(), started.name());
                chat.names().heard(stream.participant(), started.name());
                tell(new ServerMessage.StreamStarted(info(stream)));
            }
            case RoomEvent.StreamStopped stopped -> {
                streams.remove(stopped.stream());
                members().forEach(member -> member.onStreamStopped(stopped.stream()));
                tell(new ServerMessage.StreamStopped(stopped.stream(), stopped.reason()));
            }
            case RoomEvent.RoomOpened opened -> {}
            case RoomEvent.RoomWentLive live -> {}
            case RoomEvent.RoomClosed closed -> {}
            case RoomEvent.RoomDescribed described -> {}
            case RoomEvent.CommandRefused refused -> {}
        }
    }

    void tell(ServerMessage message) {
        var frame = Frame.of(message);
        members.forEach(member -> member.send(frame));
    }

    /** Only to those who have read the history: to the others the message comes with it. */
    private void tellOfChat(ServerMessage message) {
        var frame = Frame.of(message);
        for (var member : members) {
            if (member.hasChatHistory()) {
                member.send(frame);
            }
        }
    }

    /** Called once a second. */
    void announceAudience() {
        if (audience != announcedAudience && !isSmall()) {
            tell(new ServerMessage.Audience(audience));
        }
        announcedAudience = audience;
    }

    private void tellOfPeople(ServerMessage message) {
        if (isSmall()) {
            tell(message);
        }
    }

    private boolean isSmall() {
        return audience <= ROSTER_LIMIT;
    }

    private StreamInfo info(Stream stream) {
        var name = presenters.getOrDefault(stream.participant(), new DisplayName("Presenter"));
        return new StreamInfo(stream.id(), stream.participant(), name, stream.kind());
    }
}
