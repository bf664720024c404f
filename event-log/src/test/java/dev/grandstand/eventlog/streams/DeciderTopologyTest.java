package dev.grandstand.eventlog.streams;

import static dev.grandstand.eventlog.streams.Counting.COMMANDS;
import static dev.grandstand.eventlog.streams.Counting.EVENTS;
import static dev.grandstand.eventlog.streams.Counting.NOON;
import static dev.grandstand.eventlog.streams.Counting.SHOWN;
import static dev.grandstand.eventlog.streams.Counting.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.grandstand.eventlog.KafkaSettings;
import dev.grandstand.eventlog.Topic;
import dev.grandstand.eventlog.Trace;
import dev.grandstand.eventlog.streams.Counting.Add;
import dev.grandstand.eventlog.streams.Counting.Added;
import dev.grandstand.eventlog.streams.Counting.Counters;
import dev.grandstand.protocol.BadJson;
import dev.grandstand.protocol.CommandRecord;
import dev.grandstand.protocol.RoomId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeciderTopologyTest {

    private TopologyTestDriver driver = start(Counting.spec("count"));

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void commandsBecomeEventsInTheirOrderWithTheirCauseAndTime() throws Exception {
        var commands = List.of(add("a", "x", 1), add("b", "x", 5), add("a", "x", 2));
        commands.forEach(this::send);
        var events = read(EVENTS);
        assertThat(Counting.totals(events)).containsExactly("x=1", "x=5", "x=3");
        assertThat(events)
                .extracting(event -> event.cause())
                .containsExactlyElementsOf(
                        commands.stream().map(CommandRecord::id).toList());
        assertThat(events).allSatisfy(event -> assertThat(event.at()).isEqualTo(NOON));
    }

    @Test
    void whatARequestLedToCarriesItsTrace() {
        var trace = Trace.begin();
        var headers = new RecordHeaders();
        trace.addTo(headers);
        var told = new ArrayList<String>();
        restart(Counting.spec("count")
                .with((command, decision, of) -> told.add(of.toString()))
                .with(Counting.summaries()));
        input().pipeInput(new TestRecord<>("a", COMMANDS.encode(add("a", "x", 1)), headers));
        send(add("a", "x", 1));
        assertThat(records(EVENTS))
                .extracting(event -> Trace.of(event.headers()).header())
                .containsExactly(trace.header(), "");
        assertThat(records(SHOWN))
                .allSatisfy(shown -> assertThat(shown.headers()).isEmpty());
        assertThat(told).containsExactly(trace.toString(), "none");
    }

    @Test
    void onlyTheTouchedPartIsStoredAndAnEndedOneIsDeleted() {
        send(add("a", "x", 1));
        send(add("a", "y", 1));
        assertThat(stored()).containsExactly("a|x=1", "a|y=1");
        send(add("a", "x", -1));
        assertThat(stored()).containsExactly("a|y=1");
        send(add("a", "y", -1));
        assertThat(stored()).isEmpty();
    }

    @Test
    void aRecordThatIsNoCommandIsPassedOver() throws Exception {
        send(add("a", "x", 1));
        input().pipeInput("a", "no json".getBytes(StandardCharsets.UTF_8));
        input().pipeInput("a", "{\"type\":\"nothing\"}".getBytes(StandardCharsets.UTF_8));
        input().pipeInput("a", null);
        input().pipeInput("b", COMMANDS.encode(add("a", "x", 1)));
        send(add("a", "x", 1));
        assertThat(Counting.totals(read(EVENTS))).containsExactly("x=1", "x=2");
    }

    @Test
    void aCommandThatTheRulesChokeOnChangesNothing() throws Exception {
        send(add("a", "x", 1));
        send(add("a", "x", -2));
        send(add("a", "x", 1));
        assertThat(Counting.totals(read(EVENTS))).containsExactly("x=1", "x=2");
    }

    @Test
    void summariesOfImportantChangesComeAtOnceAndOthersOnceASecond() throws Exception {
        restart(Counting.spec("count").with(Counting.summaries()));
        send(add("a", "x", 1));
        assertThat(shown()).containsExactly("a=1");
        for (int n = 0; n < 100; n++) {
            send(add("a", "y" + n, 1));
        }
        assertThat(shown()).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(shown()).containsExactly("a=101");
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(shown()).isEmpty();
    }

    @Test
    void theSummaryOfARoomThatIsGoneIsATombstone() throws Exception {
        restart(Counting.spec("count").with(Counting.summaries()));
        send(add("a", "x", 1));
        send(add("a", "y", 1));
        send(add("a", "x", -1));
        send(add("a", "y", -1));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(shown()).containsExactly("a=1", "a=gone");
    }

    @Test
    void timersSendCommandsThatAreDecidedLikeAnyOther() throws Exception {
        var due = new Timers<Add, Counters>(Duration.ofSeconds(1), rooms -> rooms.stream()
                .filter(room -> room.totals().containsKey("x"))
                .map(room -> add(room.room().value(), "x", -room.totals().get("x")))
                .toList());
        restart(Counting.spec("count").with(due));
        send(add("a", "x", 3));
        send(add("a", "y", 4));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(Counting.totals(read(EVENTS))).containsExactly("x=3", "y=4", "x=0");
        assertThat(stored()).containsExactly("a|y=4");
    }

    @Test
    void aRestoredRoomIsReadWhenItIsAskedForAndTheOthersAFewAtATime() {
        for (int n = 0; n < 3; n++) {
            send(add("room-" + n, "x", n + 1));
            send(add("room-" + n, "y", 1));
        }
        var rooms = restored();
        assertThat(rooms.all()).isEmpty();
        assertThat(rooms.get(new RoomId("room-1")).totals()).containsOnly(entry("x", 2), entry("y", 1));
        assertThat(rooms.get(new RoomId("room")).totals()).isEmpty();
        var woken = new ArrayList<>(rooms.wake(Duration.ZERO));
        assertThat(woken).hasSize(2).contains(new RoomId("room-1"));
        woken.addAll(rooms.wake(Duration.ofSeconds(1)));
        assertThat(woken).hasSize(3).doesNotHaveDuplicates();
        assertThat(rooms.areAwake()).isTrue();
        assertThat(rooms.all()).hasSize(3);
    }

    @Test
    void aStoredRoomThatCannotBeReadIsNotTakenForAnEmptyOne() {
        driver.<String, byte[]>getKeyValueStore(DeciderTopology.STORE)
                .put("a|x", "no json".getBytes(StandardCharsets.UTF_8));
        var rooms = restored();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> rooms.get(new RoomId("a"))).isInstanceOf(LiveRooms.Unreadable.class);
        }
    }

    private LiveRooms<Added, Counters> restored() {
        var spec = Counting.spec("count");
        return LiveRooms.restored(
                spec.decider(), spec.parts(), new PartStore(driver.getKeyValueStore(DeciderTopology.STORE)));
    }

    private void restart(DeciderSpec<Add, Added, Counters> spec) {
        driver.close();
        driver = start(spec);
    }

    private static TopologyTestDriver start(DeciderSpec<Add, Added, Counters> spec) {
        var settings = new StreamsSettings(
                KafkaSettings.single("nowhere:1"), 1, Duration.ofMillis(20), 0, SessionTimeout.USUAL);
        var properties = settings.properties(spec.name(), SessionTimeout.USUAL);
        return new TopologyTestDriver(DeciderTopology.of(spec, settings.commitInterval()), properties, NOON);
    }

    private void send(CommandRecord<Add> command) {
        input().pipeInput(command.room().value(), COMMANDS.encode(command));
    }

    private TestInputTopic<String, byte[]> input() {
        return driver.createInputTopic(COMMANDS.name(), new StringSerializer(), new ByteArraySerializer());
    }

    private List<String> shown() throws BadJson {
        var shown = new ArrayList<String>();
        for (var entry : raw(SHOWN)) {
            shown.add(entry.key + "="
                    + (entry.value == null ? "gone" : SHOWN.decode(entry.value).counters()));
        }
        return shown;
    }

    private <V> List<V> read(Topic<V> topic) throws BadJson {
        var values = new ArrayList<V>();
        for (var entry : raw(topic)) {
            values.add(topic.decode(entry.value));
        }
        return values;
    }

    private List<KeyValue<String, byte[]>> raw(Topic<?> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList();
    }

    private List<TestRecord<String, byte[]>> records(Topic<?> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<String> stored() {
        var entries = new ArrayList<String>();
        try (var all =
                driver.<String, byte[]>getKeyValueStore(DeciderTopology.STORE).all()) {
            all.forEachRemaining(
                    entry -> entries.add(entry.key + "=" + new String(entry.value, StandardCharsets.UTF_8)));
        }
        return entries;
    }
}
