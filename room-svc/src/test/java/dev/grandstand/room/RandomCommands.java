package dev.grandstand.room;

import dev.grandstand.protocol.ClientKey;
import dev.grandstand.protocol.ConnectionId;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Grants;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.LeaveReason;
import dev.grandstand.protocol.MediaLocation;
import dev.grandstand.protocol.Mutable;
import dev.grandstand.protocol.Notice;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.StopReason;
import dev.grandstand.protocol.Stream;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.room.RoomCommand;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream.Builder;

/** Commands as people, clients gone mad and late timers might send them: sometimes right, often not. */
final class RandomCommands {

    /** Every kind of command. */
    static final List<Class<?>> KINDS = kinds();

    private static final int PEOPLE = 12;
    private static final int STREAMS = 8;
    private static final int CONNECTIONS = 4;

    private final Random random;

    RandomCommands(Random random) {
        this.random = random;
    }

    RoomCommand next(Room room) {
        var who = somebody();
        return switch (random.nextInt(42)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> join(who);
            case 9, 10 -> new RoomCommand.Leave(who, connection(room, who), any(LeaveReason.values()));
            case 11, 12, 13 -> new RoomCommand.Disconnect(who, connection(room, who));
            case 14, 15, 16 -> new RoomCommand.Resume(who, connection(room, who), connection(), instance());
            case 17, 18 -> new RoomCommand.Expire(who, since(room, who));
            case 19 -> new RoomCommand.Rename(who, name());
            case 20 -> new RoomCommand.ListPeople(who, random.nextBoolean() ? null : "n" + random.nextInt(9), null);
            case 21, 22, 23, 24, 25 -> new RoomCommand.StartStream(who, stream(), any(StreamKind.values()), source());
            case 26 -> new RoomCommand.StopStream(who, stream(), sources(), any(StopReason.values()));
            case 27 -> new RoomCommand.MuteStream(who, stream(), muted());
            case 28, 29 -> new RoomCommand.RaiseHand(who, random.nextInt(4) > 0);
            case 30 -> new RoomCommand.StepDown(who);
            case 31, 32 -> new RoomCommand.Invite(moderator(), who);
            case 33 -> new RoomCommand.TakeDown(moderator(), who);
            case 34, 35 -> new RoomCommand.Mute(moderator(), who, any(Mutable.values()), random.nextBoolean());
            case 36 -> new RoomCommand.Kick(moderator(), who);
            case 37 -> new RoomCommand.Ban(moderator(), who);
            case 38 -> new RoomCommand.Lock(moderator(), random.nextInt(3) == 0);
            case 39 -> new RoomCommand.Announce(moderator(), new Notice("soon"));
            case 40 -> new RoomCommand.MoveStream(who, stream(), sources(), source());
            default -> random.nextInt(10) > 0 ? join(who) : new RoomCommand.CloseRoom(moderator());
        };
    }

    private RoomCommand.Join join(ParticipantId who) {
        var grants = random.nextInt(3) == 0
                ? null
                : new Grants(random.nextBoolean(), random.nextBoolean(), random.nextInt(5) == 0);
        var key = random.nextInt(3) == 0 ? null : new ClientKey("key-" + random.nextInt(2 * PEOPLE));
        return new RoomCommand.Join(
                who, name(), any(Role.values()), null, any(VideoCodec.values()), connection(), instance(), grants, key);
    }

    private MediaLocation source() {
        return RoomTest.source("e" + random.nextInt(3));
    }

    private Set<MediaLocation> sources() {
        return Set.copyOf(List.of(source(), source()));
    }

    private ParticipantId somebody() {
        return new ParticipantId("p" + random.nextInt(PEOPLE));
    }

    /** Null is an operator. */
    private ParticipantId moderator() {
        return random.nextInt(10) == 0 ? null : somebody();
    }

    private ConnectionId connection() {
        return new ConnectionId("c" + random.nextInt(CONNECTIONS));
    }

    private ConnectionId connection(Room room, ParticipantId who) {
        return random.nextInt(3) == 0
                ? connection()
                : room.people()
                        .find(who)
                        .map(presence -> presence.link().current())
                        .orElseGet(this::connection);
    }

    private Instant since(Room room, ParticipantId who) {
        return random.nextInt(3) > 0 && room.people().find(who).orElse(null) instanceof Presence.Disconnected gone
                ? gone.since()
                : Instant.ofEpochMilli(random.nextInt(1_000));
    }

    private DisplayName name() {
        return new DisplayName("n" + random.nextInt(9) + (random.nextBoolean() ? "" : " N" + random.nextInt(9)));
    }

    private StreamId stream() {
        return new StreamId("s" + random.nextInt(STREAMS));
    }

    private Stream.Muted muted() {
        return new Stream.Muted(random.nextBoolean(), random.nextBoolean());
    }

    /** Most commands come from where their sender is; some from where they were. */
    InstanceId sender(Room room, RoomCommand command) {
        var actor = command.actor();
        return actor != null
                        && random.nextInt(10) > 0
                        && room.people().find(actor).orElse(null) instanceof Presence.Connected here
                ? here.instance()
                : instance();
    }

    private InstanceId instance() {
        return new InstanceId("signaling." + random.nextInt(3));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static List<Class<?>> kinds() {
        Builder<Class<?>> all = java.util.stream.Stream.builder();
        for (var part : RoomCommand.class.getPermittedSubclasses()) {
            for (var kind : part.getPermittedSubclasses()) {
                all.add(kind);
            }
        }
        return all.build().toList();
    }
}
