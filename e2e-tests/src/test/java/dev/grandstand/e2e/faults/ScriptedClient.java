package dev.grandstand.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.e2e.faults.Deed.Kind;
import dev.grandstand.e2e.faults.Deed.Outcome;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.Json;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.StreamKind;
import dev.grandstand.protocol.chat.ClientMessageId;
import dev.grandstand.protocol.client.ClientMessage;
import dev.grandstand.protocol.client.ErrorCode;
import dev.grandstand.protocol.client.ServerMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a room who does as chance says: talks, raises a hand, takes another name, leaves for another room, loses the
 * network, disappears. Speaks the protocol as the pages do, with resume tokens and their retries, to either instance. One
 * request at a time: what is not answered is unknown, and a chat message of which that is so is said again under its id.
 * Confined to one event loop. Long, because a client's life is one state machine.
 */
final class ScriptedClient {

    /** Longer than the server takes to say that it does not know. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(12);

    private static final short SAID_GOODBYE = 1000;
    private static final short BROKEN = 4000;

    /** What a client is to its room. */
    enum Part {
        /** Is there from the first to the last, so that the room does not close. */
        HOST,
        /** Publishes. */
        PRESENTER,
        /** Watches. */
        WATCHER,
        /** Only talks. */
        VISITOR
    }

    /** Where a client stands. */
    enum Stage {
        OUT,
        CONNECTING,
        JOINING,
        INSIDE
    }

    /** A request under way. */
    private record Asked(long id, Kind kind, String what, ParticipantId who, long timer) {

        Asked as(ParticipantId you) {
            return new Asked(id, kind, what, you, timer);
        }
    }

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final List<URI> doors;
    private final List<RoomId> rooms;
    private final int index;
    private final Part part;
    private final Random random;
    private final RetrySchedule retries;
    private final Consumer<Deed> ledger;

    private Stage stage = Stage.OUT;
    private RoomId room;
    private int door;
    private long lastId;
    private int names;
    private int messages;
    private @Nullable WebSocket socket;
    private @Nullable String token;
    private @Nullable ParticipantId you;
    private @Nullable RoomView view;
    private @Nullable Asked asked;
    private @Nullable String unsaid;
    private boolean quiet = true;
    private boolean gone;

    ScriptedClient(
            Vertx vertx,
            WebSocketClient sockets,
            List<URI> doors,
            List<RoomId> rooms,
            int index,
            long seed,
            Consumer<Deed> ledger) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.doors = doors;
        this.rooms = rooms;
        this.index = index;
        this.random = new Random(seed * 1_000_003 + index);
        this.retries = new RetrySchedule(random);
        this.ledger = ledger;
        this.room = rooms.get(index % rooms.size());
        this.door = random.nextInt(doors.size());
        this.part = switch (index / rooms.size()) {
            case 0 -> Part.HOST;
            case 1 -> Part.PRESENTER;
            case 2, 3 -> Part.WATCHER;
            default -> Part.VISITOR;
        };
    }

    /** What there is to know of a client, for whoever compares. */
    record State(int index, Part part, Stage stage, RoomId room, boolean settled, RoomView.@Nullable Snapshot view) {}

    State state() {
        return new State(
                index, part, stage, room, asked == null && unsaid == null, view == null ? null : view.snapshot());
    }

    Part part() {
        return part;
    }

    /** Comes to its room. */
    void start() {
        connectIn(random.nextInt(500));
    }

    /** Does something, or not; to be called again and again. */
    void act() {
        if (stage != Stage.INSIDE || asked != null) {
            return;
        }
        if (unsaid != null) {
            say(unsaid);
            return;
        }
        if (quiet) {
            return;
        }
        var dice = random.nextInt(100);
        if (dice < 50) {
            messages++;
            say("c" + index + "-" + messages);
        } else if (dice < 68) {
            var up = !here().isHandUp();
            ask(Kind.HAND, String.valueOf(up), id -> new ClientMessage.RaiseHand(id, up));
        } else if (dice < 82) {
            names++;
            var name = "n" + index + "-" + names;
            ask(Kind.RENAME, name, id -> new ClientMessage.Rename(id, new DisplayName(name)));
        } else if (dice < 92) {
            breakSocket(random.nextInt(2) == 0 ? 0 : random.nextInt(3_000));
        } else if (part == Part.VISITOR && dice < 98) {
            ask(Kind.LEAVE, "", ClientMessage.Leave::new);
        } else if (part == Part.VISITOR) {
            disappear();
        }
        publishOrView();
    }

    /** From now on it does as chance says, or only brings to its end what has been begun, as at first. */
    void beQuiet(boolean now) {
        quiet = now;
    }

    /** Leaves the room for good, as a page does that is closed. */
    void goHome() {
        gone = true;
        if (asked != null) {
            end(Outcome.UNKNOWN, "");
        }
        token = null;
        you = null;
        view = null;
        stage = Stage.OUT;
        if (socket != null) {
            socket.close(SAID_GOODBYE);
        }
        socket = null;
    }

    private RoomView here() {
        return Objects.requireNonNull(view, "not inside");
    }

    private void say(String message) {
        unsaid = message;
        ask(Kind.CHAT, message, id -> new ClientMessage.Chat(id, "I say " + message, new ClientMessageId(message)));
    }

    /** The offers are real, but nobody is behind them: no media ever comes, and the server knows that. */
    private void publishOrView() {
        var mine = new StreamId("s" + index);
        if (part == Part.PRESENTER && stage == Stage.INSIDE && !here().streams().containsKey(mine)) {
            send(new ClientMessage.Publish(++lastId, mine, StreamKind.CAMERA, Offer.SENDING));
        } else if (part == Part.WATCHER && stage == Stage.INSIDE && random.nextInt(3) == 0) {
            here().streams()
                    .keySet()
                    .forEach(stream -> send(new ClientMessage.View(++lastId, stream, Offer.RECEIVING)));
        }
    }

    /** The network fails; the client comes back as who it was. */
    private void breakSocket(int awayMs) {
        if (socket != null) {
            socket.close(BROKEN);
        }
        lost();
        connectIn(awayMs);
    }

    /** The client is gone without a word; somebody else comes later. */
    private void disappear() {
        if (socket != null) {
            socket.close(BROKEN);
        }
        lost();
        forget();
        moveOn();
        connectIn(random.nextInt(4_000));
    }

    private void forget() {
        token = null;
        you = null;
        unsaid = null;
    }

    private void moveOn() {
        room = rooms.get(random.nextInt(rooms.size()));
    }

    /** Nothing that was asked will be answered. */
    private void lost() {
        if (asked != null) {
            end(Outcome.UNKNOWN, "");
        }
        socket = null;
        view = null;
        stage = Stage.OUT;
    }

    private void connectIn(long ms) {
        stage = Stage.CONNECTING;
        vertx.setTimer(Math.max(1, ms), timer -> connect());
    }

    private void connect() {
        if (gone) {
            return;
        }
        var to = doors.get(door);
        // A dead instance refuses at once; whoever is refused tries the other.
        door = (door + 1) % doors.size();
        sockets.connect(to.getPort(), to.getHost(), to.getPath()).onComplete(opened -> {
            if (opened.succeeded()) {
                entered(opened.result());
            } else {
                connectIn(retries.next());
            }
        });
    }

    private void entered(WebSocket opened) {
        if (gone) {
            opened.close();
            return;
        }
        socket = opened;
        opened.textMessageHandler(text -> {
            if (socket == opened) {
                received(text);
            }
        });
        opened.exceptionHandler(broken -> {});
        opened.closeHandler(closed -> {
            if (socket == opened) {
                lost();
                connectIn(retries.next());
            }
        });
        join();
    }

    private void join() {
        stage = Stage.JOINING;
        var name = new DisplayName("c" + index);
        var with = token;
        ask(
                with == null ? Kind.JOIN : Kind.RESUME,
                "",
                id -> new ClientMessage.Join(id, room, name, null, null, null, null, with));
    }

    private void ask(Kind kind, String what, LongFunction<ClientMessage> request) {
        var id = ++lastId;
        var as = you == null ? new ParticipantId("nobody") : you;
        var timer = vertx.setTimer(ANSWER_LIMIT.toMillis(), late -> breakSocket((int) retries.next()));
        asked = new Asked(id, kind, what, as, timer);
        send(request.apply(id));
    }

    private void send(ClientMessage message) {
        if (socket != null) {
            socket.writeTextMessage(Json.encodeToString(message));
        }
    }

    private void end(Outcome outcome, String answer) {
        var ended = Objects.requireNonNull(asked);
        asked = null;
        vertx.cancelTimer(ended.timer());
        ledger.accept(new Deed(room, ended.who(), ended.kind(), ended.what(), outcome, answer));
    }

    private void received(String text) {
        ServerMessage message;
        try {
            JsonNode tree = Json.tree(text.getBytes(StandardCharsets.UTF_8));
            message = Json.decode(tree, ServerMessage.class);
        } catch (BadJson e) {
            throw new IllegalStateException("the server sent what cannot be read: " + text, e);
        }
        if (message instanceof ServerMessage.Resume renewed) {
            token = renewed.token();
        } else if (message instanceof ServerMessage.Removed) {
            removed();
        } else if (message instanceof ServerMessage.Reply reply && isAnswer(reply)) {
            answered(reply);
        } else if (view != null) {
            view.apply(message);
        }
    }

    private boolean isAnswer(ServerMessage.Reply reply) {
        return asked != null && reply.id() != null && reply.id() == asked.id();
    }

    private void answered(ServerMessage.Reply reply) {
        var kind = Objects.requireNonNull(asked).kind();
        if (reply instanceof ServerMessage.Error error) {
            var unknown = error.code() == ErrorCode.UNAVAILABLE || error.code() == ErrorCode.INTERNAL;
            end(unknown ? Outcome.UNKNOWN : Outcome.REFUSED, error.code().wire());
            failed(kind, unknown);
        } else if (reply instanceof ServerMessage.Joined joined) {
            you = joined.you().id();
            asked = Objects.requireNonNull(asked).as(joined.you().id());
            end(Outcome.ACKNOWLEDGED, "");
            token = joined.resume();
            view = new RoomView(joined);
            stage = Stage.INSIDE;
            retries.healthy();
            publishOrView();
        } else {
            end(
                    Outcome.ACKNOWLEDGED,
                    reply instanceof ServerMessage.ChatSent sent
                            ? sent.message().value()
                            : "");
            if (kind == Kind.CHAT) {
                unsaid = null;
            } else if (kind == Kind.LEAVE) {
                forget();
                view = null;
                moveOn();
                join();
            }
        }
    }

    private void failed(Kind kind, boolean unknown) {
        switch (kind) {
            case JOIN -> breakSocket((int) retries.next());
            case RESUME -> {
                if (unknown) {
                    breakSocket((int) retries.next());
                } else {
                    forget();
                    join();
                }
            }
            // What it has left, as far as anybody knows, it does not come back to.
            case LEAVE -> disappear();
            case CHAT -> unsaid = unknown ? unsaid : null;
            case RENAME, HAND -> {}
        }
    }

    /** Shown out: nobody does that here, unless the client was away for too long. */
    private void removed() {
        forget();
        view = null;
        if (asked != null) {
            end(Outcome.UNKNOWN, "");
        }
        join();
    }
}
