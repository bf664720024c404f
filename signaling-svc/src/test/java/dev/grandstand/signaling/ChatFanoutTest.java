package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.chat.ChatMessage;
import dev.grandstand.protocol.chat.MessageId;
import dev.grandstand.protocol.client.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatFanoutTest {

    private final Clockwork clock = new Clockwork();
    private final List<ServerMessage> told = new ArrayList<>();
    private boolean large = true;
    private long nanoTime;
    private Duration writing = Duration.ZERO;
    private final ChatFanout fanout = new ChatFanout(this::tell, () -> large, clock, () -> nanoTime);

    @Test
    void aSmallRoomHearsEachMessageAtOnce() {
        large = false;

        fanout.say(message(1));
        fanout.say(message(2));

        assertThat(told).containsExactly(new ServerMessage.Chat(message(1)), new ServerMessage.Chat(message(2)));
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aLargeRoomHearsAllOfATickInOneFrame() {
        fanout.say(message(1));
        fanout.say(message(2));
        fanout.say(message(3));
        assertThat(told).isEmpty();

        clock.pass(ChatFanout.TICK);

        assertThat(told).containsExactly(new ServerMessage.Chats(List.of(message(1), message(2), message(3))));
    }

    @Test
    void whatTakesLongToWriteIsWrittenLessOften() {
        writing = Duration.ofMillis(40);
        fanout.say(message(1));
        clock.pass(ChatFanout.TICK);
        fanout.say(message(2));
        clock.pass(Duration.ofMillis(119));
        assertThat(told).hasSize(1);
        clock.pass(Duration.ofMillis(1));
        assertThat(told).hasSize(2);

        writing = Duration.ofSeconds(1);
        fanout.say(message(3));
        clock.pass(ChatFanout.LONG_TICK);
        fanout.say(message(4));
        clock.pass(ChatFanout.LONG_TICK);
        assertThat(told).hasSize(4);
    }

    private void tell(ServerMessage message) {
        told.add(message);
        nanoTime += writing.toNanos();
    }

    @Test
    void theNextMessageStartsTheNextTickAndSilenceCostsNothing() {
        fanout.say(message(1));
        clock.pass(ChatFanout.TICK);
        assertThat(clock.waiting()).isZero();

        fanout.say(message(2));
        clock.pass(ChatFanout.TICK);

        assertThat(told)
                .containsExactly(
                        new ServerMessage.Chats(List.of(message(1))), new ServerMessage.Chats(List.of(message(2))));
    }

    @Test
    void aFullFrameDoesNotWait() {
        var many = IntStream.range(0, 250).mapToObj(ChatFanoutTest::message).toList();
        many.forEach(fanout::say);
        assertThat(told)
                .containsExactly(
                        new ServerMessage.Chats(many.subList(0, 100)), new ServerMessage.Chats(many.subList(100, 200)));

        clock.pass(ChatFanout.TICK);

        assertThat(told).last().isEqualTo(new ServerMessage.Chats(many.subList(200, 250)));
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void otherNewsStayBehindTheMessagesBeforeThem() {
        fanout.say(message(1));
        fanout.tell(new ServerMessage.MessageDeleted(message(1).id()));
        fanout.say(message(2));
        clock.pass(ChatFanout.TICK);

        assertThat(told)
                .containsExactly(
                        new ServerMessage.Chats(List.of(message(1))),
                        new ServerMessage.MessageDeleted(message(1).id()),
                        new ServerMessage.Chats(List.of(message(2))));
    }

    @Test
    void aRoomThatShrinksKeepsTheOrder() {
        fanout.say(message(1));
        large = false;
        fanout.say(message(2));
        clock.pass(ChatFanout.TICK);
        fanout.say(message(3));

        assertThat(told)
                .containsExactly(
                        new ServerMessage.Chats(List.of(message(1), message(2))), new ServerMessage.Chat(message(3)));
    }

    private static ChatMessage message(int n) {
        return new ChatMessage(
                new MessageId("m" + n), new ParticipantId("ann"), new DisplayName("Ann"), "text", n, null);
    }
}
