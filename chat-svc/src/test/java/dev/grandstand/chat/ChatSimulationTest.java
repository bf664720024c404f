package dev.grandstand.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatCommand;
import dev.grandstand.protocol.chat.ChatEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random commands, at times that go back and forth a little as clocks do, with what must always hold checked after each. A
 * failure is repeated with {@code -Dgrandstand.seed=<the seed it printed>}.
 */
class ChatSimulationTest {

    private static final int COMMANDS = 100_000;
    private static final int PEOPLE = 30;

    private final long seed =
            Optional.ofNullable(Long.getLong("grandstand.seed")).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);
    private final ChatParts format = new ChatParts();
    private final Map<String, byte[]> stored = new HashMap<>();
    private final List<EventRecord<ChatEvent>> happened = new ArrayList<>();

    @Test
    void whateverPeopleSayChatsStaySound() throws Exception {
        System.out.println("chat simulation, seed " + seed);
        var chat = Chat.empty(ChatScenario.ROOM);
        long now = 0;
        for (int n = 0; n < COMMANDS; n++) {
            now += random.nextInt(40);
            var at = ChatScenario.NOON.plusMillis(now + random.nextInt(3_000));
            var command = new CommandRecord<>(
                    new CommandId("c" + n), ChatScenario.ROOM, new InstanceId("signaling.a"), at, command());
            chat = apply(chat, command);
            try {
                check(chat, command, n);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", command " + n + ": " + command, e);
            }
        }
    }

    private Chat apply(Chat before, CommandRecord<ChatCommand> command) {
        var chat = before;
        var touched = new HashSet<String>();
        for (var event : before.decide(command).events()) {
            var record = new EventRecord<>(command.room(), command.id(), command.at(), event);
            touched.addAll(format.touched(chat, record));
            chat = chat.evolve(record);
            happened.add(record);
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

    private void check(Chat chat, CommandRecord<ChatCommand> command, int n) throws Exception {
        assertThat(chat.history().oldestFirst()).hasSizeLessThanOrEqualTo(History.SIZE);
        assertThat(chat.pace().recent()).hasSizeLessThanOrEqualTo(PEOPLE + 1);
        assertThat(stored)
                .hasSize(chat.history().numbered().size() + chat.pace().recent().size());
        if (n % 20 == 0) {
            assertThat(format.restore(command.room(), stored)).isEqualTo(chat);
        }
        if (n % 5_000 == 0) {
            var replayed = Chat.empty(command.room());
            for (var record : happened) {
                replayed = replayed.evolve(record);
            }
            assertThat(replayed).isEqualTo(chat);
        }
    }

    private ChatCommand command() {
        var who = "p" + random.nextInt(PEOPLE);
        return switch (random.nextInt(50)) {
            case 0 -> new ChatCommand.ClearHistory();
            case 1, 2 -> new ChatCommand.ReadHistory(new ParticipantId(who));
            default ->
                new ChatCommand.PostMessage(
                        new ParticipantId(random.nextInt(3) == 0 ? "chatterbox" : who),
                        new DisplayName(who),
                        random.nextInt(20) == 0 ? " " : "text");
        };
    }
}
