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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChatFanoutTest {

    private static final int LAST = Members.SHARES - 1;

    private final Clockwork clock = new Clockwork();
    private final List<List<ServerMessage>> told = Stream.<List<ServerMessage>>generate(ArrayList::new)
            .limit(Members.SHARES)
            .toList();
    private final List<Duration> times = new ArrayList<>();
    private boolean large = true;
    private Duration writing = Duration.ZERO;
    private final ChatFanout fanout = new ChatFanout(new Told(), () -> large, clock, clock::nanoTime);

    @Test
    void aSmallRoomHearsEachMessageAtOnce() {
        large = false;

        fanout.say(message(1));
        fanout.say(message(2));

        assertThat(told).allSatisfy(share -> assertThat(share)
                .containsExactly(new ServerMessage.Chat(message(1)), new ServerMessage.Chat(message(2))));
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aLargeRoomHearsAllThatWasSaidTogetherInOneFrame() {
        fanout.say(message(1));
        fanout.say(message(2));
        fanout.say(message(3));
        assertThat(told).allSatisfy(share -> assertThat(share).isEmpty());

        clock.pass(ChatFanout.ROUND);

        assertThat(told).allSatisfy(share -> assertThat(share)
                .containsExactly(new ServerMessage.Chats(List.of(message(1), message(2), message(3)))));
    }

    @Test
    void sharesTakeTurns() {
        fanout.say(message(1));
        clock.pass(ChatFanout.ROUND.dividedBy(2));
        assertThat(told.stream().filter(share -> !share.isEmpty())).hasSize(Members.SHARES / 2);

        fanout.say(message(2));
        clock.pass(ChatFanout.ROUND);

        // Whose turn it was already gets both messages apart, the others together.
        assertThat(told.getFirst())
                .containsExactly(
                        new ServerMessage.Chats(List.of(message(1))), new ServerMessage.Chats(List.of(message(2))));
        assertThat(told.get(LAST)).containsExactly(new ServerMessage.Chats(List.of(message(1), message(2))));
    }

    @Test
    void whatTakesLongToWriteIsWrittenLessOften() {
        writing = Duration.ofMillis(3);
        talk(100);

        assertThat(rounds()).allSatisfy(round -> assertThat(round).isCloseTo(Duration.ofMillis(90), ofMillis(1)));
    }

    @Test
    void nobodyWaitsLongerThanTheLongestRound() {
        writing = Duration.ofMillis(8);
        talk(100);

        assertThat(rounds()).allSatisfy(round -> assertThat(round).isCloseTo(ChatFanout.LONG_ROUND, ofMillis(1)));
    }

    @Test
    void aLoopThatCannotKeepUpStillHasTimeForEverythingElse() {
        writing = Duration.ofMillis(100);
        talk(100);

        assertThat(rounds()).allSatisfy(round -> assertThat(round).isEqualTo(Duration.ofMillis(1_500)));
    }

    /** Says something every 10 ms until so many frames were written, and forgets those of the first rounds. */
    private void talk(int frames) {
        for (int n = 0; times.size() < frames; n++) {
            fanout.say(message(n));
            clock.pass(Duration.ofMillis(10));
        }
        times.subList(0, 3 * Members.SHARES).clear();
    }

    /** The times between two turns of the same share. */
    private List<Duration> rounds() {
        return IntStream.range(Members.SHARES, times.size())
                .mapToObj(i -> times.get(i).minus(times.get(i - Members.SHARES)))
                .toList();
    }

    private static Duration ofMillis(int millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void silenceCostsNothing() {
        fanout.say(message(1));
        clock.pass(ChatFanout.ROUND);
        assertThat(clock.waiting()).isZero();

        fanout.say(message(2));
        clock.pass(ChatFanout.ROUND);

        assertThat(told).allSatisfy(share -> assertThat(share)
                .containsExactly(
                        new ServerMessage.Chats(List.of(message(1))), new ServerMessage.Chats(List.of(message(2)))));
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void aFullFrameDoesNotWait() {
        var many = IntStream.range(0, 250).mapToObj(ChatFanoutTest::message).toList();
        many.forEach(fanout::say);
        assertThat(told).allSatisfy(share -> assertThat(share)
                .containsExactly(
                        new ServerMessage.Chats(many.subList(0, 100)),
                        new ServerMessage.Chats(many.subList(100, 200))));

        clock.pass(ChatFanout.ROUND);

        assertThat(told)
                .allSatisfy(
                        share -> assertThat(share).last().isEqualTo(new ServerMessage.Chats(many.subList(200, 250))));
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void otherNewsStayBehindTheMessagesBeforeThem() {
        fanout.say(message(1));
        fanout.tell(new ServerMessage.MessageDeleted(message(1).id()));
        fanout.say(message(2));
        clock.pass(ChatFanout.ROUND);

        assertThat(told).allSatisfy(share -> assertThat(share)
                .containsExactly(
                        new ServerMessage.Chats(List.of(message(1))),
                        new ServerMessage.MessageDeleted(message(1).id()),
                        new ServerMessage.Chats(List.of(message(2)))));
    }

    @Test
    void aRoomThatShrinksKeepsTheOrder() {
        fanout.say(message(1));
        large = false;
        fanout.say(message(2));
        clock.pass(ChatFanout.ROUND);
        fanout.say(message(3));

        assertThat(told).allSatisfy(share -> assertThat(share)
                .containsExactly(
                        new ServerMessage.Chats(List.of(message(1), message(2))), new ServerMessage.Chat(message(3))));
    }

    private static ChatMessage message(int n) {
        return new ChatMessage(
                new MessageId("m" + n), new ParticipantId("ann"), new DisplayName("Ann"), "text", n, null);
    }

    private final class Told implements ChatFanout.Room {

        @Override
        public void tell(ServerMessage news) {
            told.forEach(share -> share.add(news));
        }

        @Override
        public void tell(int share, ServerMessage news) {
            told.get(share).add(news);
            times.add(Duration.ofNanos(clock.nanoTime()));
            clock.take(writing);
        }
    }
}
