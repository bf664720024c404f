package dev.grandstand.room;

import dev.grandstand.eventlog.streams.Decision;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.PeopleCursor;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.room.RoomCommand;
import dev.grandstand.protocol.room.RoomEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Coming, going, being there. */
record VisitRules(Room room, Limits limits, Instant at) {

    Decision<RoomEvent> decide(RoomCommand.Visit command) {
        return switch (command) {
            case RoomCommand.Join join -> join(join);
            case RoomCommand.Resume resume -> of(resume.participant(), presence -> resume(resume, presence));
            case RoomCommand.Disconnect gone -> of(gone.participant(), presence -> disconnect(gone, presence));
            case RoomCommand.Expire expire -> of(expire.participant(), presence -> expire(expire, presence));
            case RoomCommand.Leave leave -> of(leave.participant(), presence -> leave(leave, presence));
            case RoomCommand.Rename rename ->
                of(
                        rename.participant(),
                        presence -> Decision.of(new RoomEvent.ParticipantRenamed(rename.participant(), rename.name())));
            case RoomCommand.ListPeople list -> listPeople(list);
        };
    }

    /** An operator need not be in the room, but there has to be one. */
    private Decision<RoomEvent> listPeople(RoomCommand.ListPeople list) {
        var reader = list.participant();
        if (reader != null) {
            return of(reader, presence -> people(list, presence.guest().moderates()));
        }
        return room.isClosed() ? Refused.noSuchRoom(room) : people(list, true);
    }

    private Decision<RoomEvent> of(ParticipantId who, Function<Presence, Decision<RoomEvent>> rule) {
        return room.people()
                .find(who)
                .map(rule)
                .orElseGet(() -> room.bans().hold(who, null) ? banned() : Refused.notHere(room, who));
    }

    /** The same join again is harmless: the room is described once more. */
    private Decision<RoomEvent> join(RoomCommand.Join join) {
        var already = room.people().find(join.participant());
        if (already.isPresent()) {
            return already.get() instanceof Presence.Connected here
                            && here.link().is(join.connection())
                    ? Decision.of(Description.of(room, join.participant()))
                    : Refused.because(ErrorCode.ALREADY_JOINED, "you are in the room; resume instead of joining again");
        }
        if (room.bans().hold(join.participant(), join.key())) {
            return banned();
        }
        return room.isLocked()
                ? Refused.because(ErrorCode.LOCKED, "the room is locked: nobody else may enter now")
                : enter(join);
    }

    /** The first one opens the room; where nobody shows a token, that makes them its moderator. */
    private Decision<RoomEvent> enter(RoomCommand.Join join) {
        var events = new ArrayList<RoomEvent>(3);
        if (room.isClosed()) {
            events.add(
                    new RoomEvent.RoomOpened(titleOf(join), Objects.requireNonNullElse(join.video(), limits.video())));
        }
        var grants = Objects.requireNonNullElseGet(
                join.grants(), () -> room.isClosed() ? Grants.OPEN.moderating() : Grants.OPEN);
        events.add(new RoomEvent.ParticipantJoined(
                new Participant(join.participant(), join.name(), role(join.role(), grants)),
                join.connection(),
                join.instance(),
                grants,
                join.key(),
                room.audience() + 1));
        return described(events, join.participant());
    }

    /** Nobody is what they wish to be, but only what they may be. */
    private static Role role(Role wished, Grants grants) {
        if (grants.moderate()) {
            return Role.MODERATOR;
        }
        return wished == Role.PRESENTER && grants.publish() ? Role.PRESENTER : Role.VIEWER;
    }

    private Decision<RoomEvent> resume(RoomCommand.Resume resume, Presence presence) {
        if (presence instanceof Presence.Connected && presence.link().is(resume.connection())) {
            return Decision.of(Description.of(room, resume.participant()));
        }
        return presence.resumesFrom(resume.former())
                ? described(
                        List.of(new RoomEvent.ParticipantResumed(
                                resume.participant(), resume.connection(), resume.former(), resume.instance())),
                        resume.participant())
                : Refused.stale();
    }

    private Decision<RoomEvent> disconnect(RoomCommand.Disconnect gone, Presence presence) {
        return presence instanceof Presence.Connected && presence.link().is(gone.connection())
                ? Decision.of(new RoomEvent.ParticipantDisconnected(gone.participant()))
                : Refused.stale();
    }

    private Decision<RoomEvent> expire(RoomCommand.Expire expire, Presence presence) {
        return presence instanceof Presence.Disconnected gone && gone.since().equals(expire.since())
                ? new Decision<>(Departure.of(room, expire.participant(), LeaveReason.EXPIRED))
                : Refused.stale();
    }

    private Decision<RoomEvent> leave(RoomCommand.Leave leave, Presence presence) {
        return presence.link().is(leave.connection())
                ? new Decision<>(Departure.of(room, leave.participant(), leave.reason()))
                : Refused.stale();
    }

    /** In a room that is too large for everybody to hear of everybody, who is silenced is the moderators' business. */
    private Decision<RoomEvent> people(RoomCommand.ListPeople list, boolean moderates) {
        var after = Optional.ofNullable(list.cursor()).flatMap(NameIndex.Entry::of);
        if (list.cursor() != null && after.isEmpty()) {
            return Refused.because(ErrorCode.BAD_FIELD, "the cursor is none that came with a page");
        }
        var page = room.people().names().find(Objects.requireNonNullElse(list.query(), ""), after, room.people());
        var people = page.people().stream()
                .map(who -> room.people().present(who).guest())
                .map(guest -> moderates ? guest.seen() : guest.participant())
                .toList();
        PeopleCursor cursor = page.last() == null ? null : page.last().cursor();
        return Decision.of(new RoomEvent.PeopleListed(people, cursor, room.audience()));
    }

    /** These events, and then what the one who came finds. */
    private Decision<RoomEvent> described(List<RoomEvent> events, ParticipantId reader) {
        var after = room;
        for (var event : events) {
            after = after.evolve(event, at);
        }
        var all = new ArrayList<>(events);
        all.add(Description.of(after, reader));
        return new Decision<>(all);
    }

    private String titleOf(RoomCommand.Join join) {
        var title = join.title();
        return title == null || title.isBlank() ? room.id().value() : title.strip();
    }

    private static Decision<RoomEvent> banned() {
        return Refused.because(ErrorCode.BANNED, "you were banned from this room");
    }
}
