package dev.grandstand.signaling;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.chat.Reaction;
import dev.grandstand.protocol.client.RoomInfo;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.client.StreamInfo;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A room as one event loop knows it: which of its sessions are in it, and what they need to be told. Begins with what
 * room-svc described to the first of them, and follows every event since, also while nobody is in it ({@link LocalRooms}). Up to {@link
 * #ROSTER_LIMIT} participants are told of each other; a larger room only hears how many they are.
 */
final class LocalRoom {

    static final int ROSTER_LIMIT = 200;

    /** How long a presenter whose media node is lost may take to be on air at another; then the stream has ended. */
    static final Duration REPAIR = Duration.ofSeconds(10);

    private final RoomId id;
    private final String title;
    private final VideoCodec video;
    private final LocalChat chat;
    private final Members members = new Members();
    private final Map<ParticipantId, Member> moderators = new HashMap<>();
    private final Map<StreamId, Stream> streams = new LinkedHashMap<>();
    private final Map<ParticipantId, DisplayName> presenters = new LinkedHashMap<>();
    /** What streams came from on nodes that are lost: it is not known yet where they come from now. */
    private final Set<MediaLocation> lost = new HashSet<>();

    private final LateNews late;
    private final Later later;
    private boolean locked;
    private int audience;
    private int announcedAudience;

    LocalRoom(RoomId id, RoomEvent.RoomDescribed described, Later later, Consumer<Map<Reaction, Integer>> reactions) {
        this.id = id;
        this.later = later;
        this.late = new LateNews(later, () -> members.forEach(Member::hear));
        this.chat = new LocalChat(new ChatMembers(), () -> !isSmall(), later, reactions);
        this.title = described.title();
        this.video = Objects.requireNonNullElse(described.video(), VideoCodec.VP8);
        this.locked = described.locked();
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
        return new RoomInfo(id, title, !streams.isEmpty(), locked, video);
    }

    /** How all of its video is coded. */
    VideoCodec video() {
        return video;
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

    /** Whether a stream comes from there; one that ended meanwhile is found out about by its event. */
    boolean isFrom(StreamId stream, MediaLocation source) {
        return stream(stream).filter(now -> !now.source().equals(source)).isEmpty();
    }

    /** Whether a stream has lost its media node and is about to come from another. */
    boolean isLost(StreamId stream) {
        return stream(stream).filter(known -> lost.contains(known.source())).isPresent();
    }

    /** What comes from there is waited for. When nothing is heard of it in time, whoever waits finds out for themselves. */
    void onNodeLost(NodeRef node) {
        streams.values().stream()
                .filter(stream -> stream.source().node().equals(node) && lost.add(stream.source()))
                .forEach(stream -> later.in(REPAIR, () -> waitNoMore(stream)));
    }

    private void waitNoMore(Stream stream) {
        var source = stream.source();
        if (lost.remove(source)
                && stream(stream.id())
                        .filter(now -> now.source().equals(source))
                        .isPresent()) {
            members().forEach(member -> member.onStreamMoved(stream.id(), source));
        }
    }

    LocalChat chat() {
        return chat;
    }

    /** Who comes and goes. */
    LateNews lateNews() {
        return late;
    }

    List<Member> members() {
        return members.copy();
    }

    void enter(Member member, ParticipantId participant, boolean moderates) {
        members.put(participant, member);
        if (moderates) {
            moderators.put(participant, member);
        }
    }

    /** @return whether anybody is left */
    boolean leave(Member member, ParticipantId participant) {
        members.remove(participant, member);
        moderators.remove(participant, member);
        return !members.isEmpty();
    }

    void apply(RoomEvent event) {
        switch (event) {
            case RoomEvent.RoomOpened opened -> {}
            case RoomEvent.RoomWentLive live -> {}
            case RoomEvent.RoomLocked changed -> {
                locked = changed.locked();
                tell(new ServerMessage.RoomLocked(locked));
            }
            case RoomEvent.RoomClosed closed -> members().forEach(member -> member.onRemoved(LeaveReason.ROOM_CLOSED));
            case RoomEvent.RoomDescribed described -> {}
            case RoomEvent.PeopleListed listed -> {}
            case RoomEvent.ParticipantJoined joined -> {
                audience = joined.audience();
                if (isSmall()) {
                    chat.names()
                            .heard(
                                    joined.participant().id(),
                                    joined.participant().name());
                }
                tellLate(new ServerMessage.ParticipantJoined(joined.participant(), audience));
            }
            case RoomEvent.ParticipantDisconnected gone -> disconnected(gone.participant());
            case RoomEvent.ParticipantResumed back -> resumed(back);
            case RoomEvent.ParticipantLeft left -> left(left);
            case RoomEvent.ParticipantBanned banned -> {}
            case RoomEvent.ParticipantRenamed renamed -> {
                chat.names().renamed(renamed.participant(), renamed.name());
                presenters.computeIfPresent(renamed.participant(), (who, name) -> renamed.name());
                if (isSmall() || presenters.containsKey(renamed.participant())) {
                    tell(new ServerMessage.ParticipantRenamed(renamed.participant(), renamed.name()));
                }
            }
            case RoomEvent.ParticipantMuted muted -> muted(muted);
            case RoomEvent.HandRaised raised ->
                tellOfStage(raised.participant().id(), new ServerMessage.HandRaised(raised.participant()));
            case RoomEvent.HandLowered lowered ->
                tellOfStage(lowered.participant(), new ServerMessage.HandLowered(lowered.participant()));
            case RoomEvent.ParticipantInvited invited ->
                tellOfStage(invited.participant().id(), new ServerMessage.Invited(invited.participant()));
            case RoomEvent.ParticipantSteppedDown down ->
                tellOfStage(down.participant(), new ServerMessage.SteppedDown(down.participant(), down.mayReturn()));
            case RoomEvent.StreamStarted started -> {
                var stream = started.stream();
                streams.put(stream.id(), stream);
                presenters.put(stream.participant(), started.name());
                chat.names().heard(stream.participant(), started.name());
                tell(new ServerMessage.StreamStarted(info(stream)));
            }
            case RoomEvent.StreamMoved moved -> {
                lost.remove(moved.former());
                streams.computeIfPresent(moved.stream(), (stream, was) -> was.from(moved.source()));
                members().forEach(member -> member.onStreamMoved(moved.stream(), moved.source()));
            }
            case RoomEvent.StreamStopped stopped -> {
                var ended = streams.remove(stopped.stream());
                if (ended != null) {
                    lost.remove(ended.source());
                }
                members().forEach(member -> member.onStreamStopped(stopped.stream(), stopped.reason()));
                tell(new ServerMessage.StreamStopped(stopped.stream(), stopped.reason()));
            }
            case RoomEvent.StreamMuted muted -> {
                streams.computeIfPresent(muted.stream(), (stream, was) -> was.with(muted.muted()));
                tell(new ServerMessage.StreamMuted(muted.stream(), muted.muted()));
            }
            case RoomEvent.Announced announced -> {}
            case RoomEvent.CommandRefused refused -> {}
        }
    }

    /** If they are here nevertheless, they say so. */
    private void disconnected(ParticipantId who) {
        tellOfPeople(new ServerMessage.ParticipantDisconnected(who));
        var member = members.get(who);
        if (member != null) {
            member.onTakenForDisconnected();
        }
    }

    private void resumed(RoomEvent.ParticipantResumed back) {
        var member = members.get(back.participant());
        if (member != null) {
            member.onResumed(back.connection());
        }
        tellOfPeople(new ServerMessage.ParticipantResumed(back.participant()));
    }

    /** Who is still here when they have left did not leave by themselves. */
    private void left(RoomEvent.ParticipantLeft left) {
        audience = left.audience();
        presenters.remove(left.participant());
        chat.names().forget(left.participant());
        var member = members.get(left.participant());
        if (member != null) {
            member.onRemoved(left.reason());
        }
        tellLate(new ServerMessage.ParticipantLeft(left.participant(), left.reason(), audience));
    }

    private void muted(RoomEvent.ParticipantMuted muted) {
        var member = members.get(muted.participant());
        if (member != null && muted.what() == Mutable.CHAT) {
            member.onChatMuted(muted.muted());
        }
        var message = new ServerMessage.ParticipantMuted(muted.participant(), muted.what(), muted.muted());
        if (presenters.containsKey(muted.participant())) {
            tell(message);
        } else {
            tellOfStage(muted.participant(), message);
        }
    }

    /** To everybody, however many they are. */
    void tell(ServerMessage message) {
        if (members.isEmpty()) {
            return;
        }
        var frame = Frame.of(message);
        members.forEach(member -> member.send(frame));
    }

    /** Called once a second. */
    void announceAudience() {
        if (audience != announcedAudience && !isSmall()) {
            tell(new ServerMessage.Audience(audience));
        }
        announcedAudience = audience;
    }

    private void tellLate(ServerMessage message) {
        if (isSmall() && !members.isEmpty()) {
            late.add(Frame.of(message));
        }
    }

    private void tellOfPeople(ServerMessage message) {
        if (isSmall()) {
            tell(message);
        }
    }

    /** What happens around the stage concerns everybody in a small room; in a large one moderators and whom it is about. */
    private void tellOfStage(ParticipantId about, ServerMessage message) {
        if (isSmall()) {
            tell(message);
            return;
        }
        var frame = Frame.of(message);
        moderators.values().forEach(member -> member.send(frame));
        var member = moderators.containsKey(about) ? null : members.get(about);
        if (member != null) {
            member.send(frame);
        }
    }

    private boolean isSmall() {
        return audience <= ROSTER_LIMIT;
    }

    private StreamInfo info(Stream stream) {
        var name = presenters.getOrDefault(stream.participant(), new DisplayName("Presenter"));
        return new StreamInfo(stream.id(), stream.participant(), name, stream.kind(), stream.muted());
    }

    /** Only those who have read the history: to the others the message comes with it. */
    private final class ChatMembers implements ChatFanout.Room {

        @Override
        public void tell(ServerMessage news) {
            if (members.isEmpty()) {
                return;
            }
            var frame = Frame.of(news);
            members.forEach(member -> send(member, frame));
        }

        @Override
        public void tell(int share, ServerMessage news) {
            if (members.isEmpty()) {
                return;
            }
            var frame = Frame.of(news);
            members.forEach(share, member -> send(member, frame));
        }

        private static void send(Member member, Frame frame) {
            if (member.hasChatHistory()) {
                member.send(frame);
            }
        }
    }
}
