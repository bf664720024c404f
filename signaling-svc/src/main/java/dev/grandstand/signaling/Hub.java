package dev.grandstand.signaling;

import dev.grandstand.eventlog.Trace;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.client.ServerMessage;
import dev.grandstand.protocol.media.MediaEvent;
import dev.grandstand.protocol.room.RoomEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Hands every event to the rooms and sessions of one event loop that it concerns; costs nothing for the others. */
final class Hub {

    private final Services services;
    private final Later later;
    private final Consumer<NodeRef> ahead;
    private final LocalRooms rooms = new LocalRooms();
    private final Map<ParticipantId, Visit> participants = new HashMap<>();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Set<Visit> away = new HashSet<>();
    private final Map<RoomId, Set<Visit>> entering = new HashMap<>();
    private final Promise<Void> emptied = Promise.promise();
    private boolean closing;

    /** @param ahead is told of nodes that sessions of this event loop will presently want something of */
    Hub(Services services, Later later, Consumer<NodeRef> ahead) {
        this.services = services;
        this.later = later;
        this.ahead = ahead;
    }

    void connected(Session session) {
        sessions.add(session);
    }

    void disconnected(Session session) {
        sessions.remove(session);
        tellIfEmptied();
    }

    /** Completes once nobody is connected, when nobody else comes in. */
    Future<Void> emptied() {
        closing = true;
        tellIfEmptied();
        return emptied.future();
    }

    private void tellIfEmptied() {
        if (closing && sessions.isEmpty()) {
            emptied.tryComplete();
        }
    }

    /** Those that are connected. */
    List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** Those that are waited for. */
    List<Visit> away() {
        return List.copyOf(away);
    }

    /** The visit is waited for, until it leaves. */
    void isAway(Visit visit) {
        away.add(visit);
    }

    /** How many are connected; may be asked from any thread. */
    int sessionCount() {
        return sessions.size();
    }

    /** The participant is this visit's, even before it has entered its room. */
    void expect(ParticipantId participant, Visit visit) {
        participants.put(participant, visit);
    }

    /** The visit has knocked at the room: it is told that there was chat, until it is inside or gives up. */
    void isEntering(Visit visit, RoomId room) {
        entering.computeIfAbsent(room, first -> new HashSet<>()).add(visit);
    }

    void isNotEntering(Visit visit, RoomId room) {
        entering.computeIfPresent(room, (id, visits) -> visits.remove(visit) && visits.isEmpty() ? null : visits);
    }

    LocalRoom enter(Visit visit, RoomId room, RoomEvent.RoomDescribed described) {
        var local = rooms.open(
                room,
                id -> new LocalRoom(
                        id, described, later, counts -> services.tell(id, new ChatCommand.AddReactions(counts))));
        local.enter(visit, described.you().id(), described.standing().moderate());
        return local;
    }

    /** What newcomers to a room are told of its chat, if that is known here because somebody else is in it, or just was. */
    Optional<RecentChat> recentChat(RoomId room) {
        return rooms.recentChat(room);
    }

    void leave(Visit visit, RoomId room, ParticipantId participant) {
        away.remove(visit);
        participants.remove(participant, visit);
        var local = rooms.get(room);
        if (local != null && !local.leave(visit, participant)) {
            rooms.emptied(room);
        }
    }

    /** First what changed, then whoever waits for it: a reply never overtakes the news of the same event. */
    void onRoomEvent(EventRecord<RoomEvent> record) {
        var room = rooms.get(record.room());
        if (room != null) {
            room.apply(record.event());
            if (record.event() instanceof RoomEvent.RoomClosed) {
                rooms.forget(record.room());
            }
            if (record.event() instanceof RoomEvent.Announced announced) {
                // It alone says when it was: people read it later.
                room.tell(new ServerMessage.Notice(
                        announced.text().value(), record.at().toEpochMilli()));
            }
        }
        services.onEvent(record.cause(), record.event());
    }

    void onChatEvent(EventRecord<ChatEvent> record) {
        var room = rooms.get(record.room());
        if (room != null) {
            room.chat().apply(record.event());
        }
        if (isNews(record.event())) {
            entering.getOrDefault(record.room(), Set.of()).forEach(Visit::onChatWhileEntering);
        }
        services.onEvent(record.cause(), record.event());
    }

    /** Whether the event changes what a room's history says. */
    private static boolean isNews(ChatEvent event) {
        return switch (event) {
            case ChatEvent.MessagePosted posted -> true;
            case ChatEvent.MessageDeleted deleted -> true;
            case ChatEvent.MessagesCleared cleared -> true;
            case ChatEvent.MessagePinned pinned -> true;
            case ChatEvent.MessageUnpinned unpinned -> true;
            case ChatEvent.SlowModeChanged slow -> true;
            case ChatEvent.ReactionsAdded added -> true;
            case ChatEvent.MessageRepeated repeated -> false;
            case ChatEvent.HistoryRead read -> false;
            case ChatEvent.PageRead read -> false;
            case ChatEvent.HistoryCleared cleared -> false;
            case ChatEvent.CommandRefused refused -> false;
        };
    }

    /** @param trace of the request that led to it, perhaps to another instance */
    void onMediaEvent(EventRecord<MediaEvent> record, Trace trace) {
        switch (record.event()) {
            case MediaEvent.SeatGranted granted -> toParticipant(granted.participant(), record, trace);
            case MediaEvent.SeatQueued queued -> toParticipant(queued.participant(), record, trace);
            case MediaEvent.SeatRefused refused -> toParticipant(refused.participant(), record, trace);
            case MediaEvent.SeatMoving moving -> toParticipant(moving.participant(), record, trace);
            case MediaEvent.SeatMoved moved -> toParticipant(moved.participant(), record, trace);
            case MediaEvent.RoomMediaLost(var node) -> onSiteGone(record.room(), node);
            case MediaEvent.EdgeGone(var node) -> onSiteGone(record.room(), node);
            case MediaEvent.LinkEnded(var stream, var arrival) ->
                members(record.room()).forEach(member -> member.onLinkEnded(stream, arrival.node()));
            case MediaEvent.EdgeAdded added -> onSiteAdded(record.room(), added.node());
            case MediaEvent.OriginMoved moved -> {}
            case MediaEvent.SiteLeaving leaving -> {}
            case MediaEvent.LinkMade made -> {}
            case MediaEvent.LinkRefused refused -> {}
            case MediaEvent.StreamLed led -> {}
            case MediaEvent.SeatReleased released -> {}
            case MediaEvent.RoomPlaced placed -> onSiteAdded(record.room(), placed.node());
            case MediaEvent.RoomReleased released -> {}
        }
        services.onEvent(record.cause(), record.event());
    }

    /** A connection to a media node says that it is gone. */
    void onNodeLost(NodeRef node) {
        rooms.all().forEach(room -> room.onNodeLost(node));
        participants.values().forEach(visit -> visit.onNodeLost(node));
    }

    private void onSiteAdded(RoomId room, NodeRef node) {
        if (rooms.has(room) || entering.containsKey(room)) {
            ahead.accept(node);
        }
    }

    private void onSiteGone(RoomId room, NodeRef node) {
        var local = rooms.get(room);
        if (local != null) {
            local.onNodeLost(node);
            local.members().forEach(member -> member.onEdgeGone(node));
        }
    }

    private List<Member> members(RoomId room) {
        var local = rooms.get(room);
        return local == null ? List.of() : local.members();
    }

    /** To be called once a second. */
    void announceAudiences() {
        rooms.all().forEach(LocalRoom::announceAudience);
        rooms.tick();
    }

    /** To be called once a second. */
    void renewResumeTokens() {
        sessions.forEach(Session::renewResumeToken);
    }

    private void toParticipant(ParticipantId participant, EventRecord<MediaEvent> record, Trace trace) {
        var visit = participants.get(participant);
        if (visit != null) {
            visit.onMediaEvent(record);
            if (Trace.isLogged()) {
                trace.step(Outgoing.SERVICE, record.room(), participant)
                        .addKeyValue("events", record.event().getClass().getSimpleName())
                        .log("told");
            }
        }
    }
}
