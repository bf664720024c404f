package dev.grandstand.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.Participant;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.Role;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import dev.grandstand.protocol.chat.ClientMessageId;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.chat.Reaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random commands, at times that go back and forth a little as clocks do, with what must always hold checked after each. A
 * failure is repeated with {@code -Dgrandstand.seed=<the seed it printed>}.
 */
class ChatSimulationTest {

    private static final int COMMANDS = 250_000;
    private static final int PEOPLE = 30;
    private static final int RESTORE_EVERY = 500;
    private static final int REPLAY_EVERY = 25_000;

    private final long seed =
            Optional.ofNullable(Long.getLong("grandstand.seed")).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);
    private final ChatParts format = new ChatParts();
    private final Map<String, byte[]> stored = new HashMap<>();
    private final List<EventRecord<ChatEvent>> happened = new ArrayList<>();

    /** What was ever accepted, under whose and which client's id. */
    private final Map<String, MessageId> accepted = new HashMap<>();

    /** The same since the room last closed. */
    private final Set<String> acceptedHere = new HashSet<>();

    private final Set<MessageId> deleted = new HashSet<>();
    private final Map<ParticipantId, Instant> lastWord = new HashMap<>();
    private final Set<String> outcomes = new HashSet<>();
    private long sent;

    @Test
    void whateverPeopleSayChatsStaySound() throws Exception {
        System.out.println("chat simulation, seed " + seed);
        var chat = Chat.empty(ChatScenario.ROOM);
        long now = 0;
        for (int n = 0; n < COMMANDS; n++) {
            now += random.nextInt(40);
            var at = ChatScenario.NOON.plusMillis(now + random.nextInt(3_000));
            var command = new CommandRecord<>(
                    new CommandId("c" + n), ChatScenario.ROOM, new InstanceId("signaling.a"), at, command(chat));
            try {
                var before = chat;
                chat = apply(before, command);
                check(before, chat, command, n);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", command " + n + ": " + command, e);
            }
        }
        assertThat(outcomes)
                .as("everything happened")
                .contains("MessagePosted", "MessageRepeated", "MessageDeleted", "MessagesCleared", "MessagePinned")
                .contains("MessageUnpinned", "SlowModeChanged", "ReactionsAdded", "HistoryCleared")
                .contains("HistoryRead", "PageRead", "refused", "rate-limited", "chat-rejected", "not-found");
    }

    private Chat apply(Chat before, CommandRecord<ChatCommand> command) {
        var chat = before;
        var touched = new HashSet<String>();
        for (var event : before.decide(command).events()) {
            var record = new EventRecord<>(command.room(), command.id(), command.at(), event);
            touched.addAll(format.touched(chat, record));
            chat = chat.evolve(record);
            happened.add(record);
            outcomes.add(
                    event instanceof ChatEvent.CommandRefused refused
                            ? refused.code()
                            : event.getClass().getSimpleName());
        }
        for (var part : touched) {
            var value = format.encode(chat, part);
            if (value == null) {
                stored.remove(part);
            } else {
                stored.put(part, value);
            }
        }
        return chat;
    }

    private void check(Chat before, Chat chat, CommandRecord<ChatCommand> command, int n) throws Exception {
        assertThat(chat.history().numbered().size()).isLessThanOrEqualTo(History.SIZE);
        assertThat(chat.speakers().known().size())
                .isLessThanOrEqualTo(PEOPLE + 1)
                .isEqualTo(chat.speakers().byQuiet().size());
        assertThat(chat.settings().slowMode()).isLessThanOrEqualTo(Settings.SLOWEST);
        assertThat(stored.size()).isEqualTo(partsOf(chat));
        checkRules(before, command, happened.getLast().event());
        if (n % RESTORE_EVERY == 0) {
            assertThat(format.restore(command.room(), stored)).isEqualTo(chat);
            chat.history().numbered().values().forEach(message -> assertThat(deleted)
                    .doesNotContain(message.id()));
            checkPages(chat.history());
        }
        if (n % REPLAY_EVERY == 0) {
            var replayed = Chat.empty(command.room());
            for (var record : happened) {
                replayed = replayed.evolve(record);
            }
            assertThat(replayed).isEqualTo(chat);
        }
    }

    /** Told apart from how the rules are written: what was accepted twice, too early, by the wrong role. */
    private void checkRules(Chat before, CommandRecord<ChatCommand> command, ChatEvent event) {
        switch (event) {
            case ChatEvent.MessagePosted posted -> {
                var post = (ChatCommand.PostMessage) command.command();
                var who = post.from().id();
                var name = who + " " + post.clientId();
                assertThat(acceptedHere.add(name)).as("accepted once").isTrue();
                accepted.put(name, posted.messageId());
                if (post.from().role() != Role.MODERATOR) {
                    var last = lastWord.get(who);
                    var slow = before.settings().slowMode();
                    if (last != null && !slow.isZero()) {
                        assertThat(command.at()).isAfterOrEqualTo(last.plus(slow));
                    }
                }
                lastWord.merge(who, command.at(), (a, b) -> a.isAfter(b) ? a : b);
            }
            case ChatEvent.MessageRepeated repeated -> {
                var post = (ChatCommand.PostMessage) command.command();
                assertThat(accepted.get(post.from().id() + " " + post.clientId()))
                        .isEqualTo(repeated.messageId());
            }
            case ChatEvent.MessageDeleted gone -> deleted.add(gone.message());
            case ChatEvent.HistoryCleared cleared -> {
                lastWord.clear();
                acceptedHere.clear();
            }
            default -> {
                if (command.command() instanceof ChatCommand.Moderation moderation
                        && !(event instanceof ChatEvent.CommandRefused)) {
                    assertThat(moderation.by().role()).isEqualTo(Role.MODERATOR);
                }
            }
        }
    }

    /** All pages together are the history, in its order. */
    private static void checkPages(History history) {
        var page = history.lastPage();
        var all = new ArrayList<>(page.messages());
        while (page.before() != null) {
            page = history.page(page.before());
            assertThat(page.messages()).hasSizeLessThanOrEqualTo(History.PAGE).isNotEmpty();
            all.addAll(0, page.messages());
        }
        assertThat(all).containsExactlyElementsOf(history.numbered().values());
    }

    private static int partsOf(Chat chat) {
        return chat.history().numbered().size()
                + chat.speakers().known().size()
                + (chat.settings().isEmpty() ? 0 : 1)
                + (chat.tally().isEmpty() ? 0 : 1);
    }

    private ChatCommand command(Chat chat) {
        var who = participant();
        return switch (random.nextInt(100)) {
            case 0 -> random.nextInt(20) == 0 ? new ChatCommand.ClearHistory() : new ChatCommand.ClearMessages(who);
            case 1, 2 -> new ChatCommand.ReadHistory(who.id());
            case 3 -> new ChatCommand.ReadPage(who.id(), chat.history().next() - random.nextInt(600));
            case 4 -> new ChatCommand.DeleteMessage(who, someMessage(chat));
            case 5 -> new ChatCommand.PinMessage(who, someMessage(chat));
            case 6 -> new ChatCommand.UnpinMessage(who);
            case 7, 8 -> new ChatCommand.SetSlowMode(who, random.nextInt(8) == 0 ? random.nextInt(-20, 700) : 0);
            case 9, 10 ->
                new ChatCommand.AddReactions(
                        Map.of(Reaction.values()[random.nextInt(Reaction.values().length)], random.nextInt(5)));
            default -> new ChatCommand.PostMessage(who, random.nextInt(20) == 0 ? " " : "text", clientId(), List.of());
        };
    }

    private Participant participant() {
        var who = random.nextInt(3) == 0 ? "chatterbox" : "p" + random.nextInt(PEOPLE);
        var role = random.nextInt(3) == 0 ? Role.MODERATOR : Role.VIEWER;
        return new Participant(new ParticipantId(who), new DisplayName(who), role);
    }

    /** Mostly a new one, now and then one that was sent a moment ago, possibly by somebody else. */
    private ClientMessageId clientId() {
        if (random.nextInt(5) == 0 && sent > 0) {
            return new ClientMessageId("k" + (sent - random.nextInt((int) Math.min(sent, 3))));
        }
        sent++;
        return new ClientMessageId("k" + sent);
    }

    private MessageId someMessage(Chat chat) {
        var history = chat.history();
        if (history.isEmpty() || random.nextInt(5) == 0) {
            return new MessageId("c" + random.nextInt(COMMANDS));
        }
        var some = history.numbered().ceilingEntry(history.next() - 1 - random.nextInt(20));
        return some == null ? new MessageId("none") : some.getValue().id();
    }
}
