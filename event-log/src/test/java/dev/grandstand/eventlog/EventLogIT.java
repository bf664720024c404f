package dev.grandstand.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.eventlog.embedded.EmbeddedKafka;
import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.RoomSummary;
import dev.grandstand.protocol.instance.InstanceBeat;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    static EmbeddedKafka kafka;
    static KafkaSettings settings;

    private final AtomicInteger topics = new AtomicInteger();
    private Vertx vertx;
    private EventLog log;
    private Topic<InstanceBeat> topic;

    @BeforeAll
    static void startKafka() throws Exception {
        kafka = EmbeddedKafka.start(folder, 0);
        settings = KafkaSettings.single(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        log = get(EventLog.open(vertx, settings));
        topic = new Topic<>(
                "beats-" + System.nanoTime() + "-" + topics.incrementAndGet(),
                Topics.SIGNALING_INSTANCES.type(),
                beat -> beat.instance().value(),
                Topic.Retention.LOG);
        TopicCreation.ensure(settings, List.of(topic));
    }

    @AfterEach
    void close() throws Exception {
        get(log.close());
        get(vertx.close());
    }

    @Test
    void creatingTopicsAgainChangesNothing() throws Exception {
        TopicCreation.ensure(settings, Topics.ALL);
        TopicCreation.ensure(new KafkaSettings(settings.bootstrapServers(), 7, (short) 1), Topics.ALL);
    }

    @Test
    void aFollowerFromNowSeesWhatIsPublishedAfterItHasOpenedAndNothingBefore() throws Exception {
        publish("before", 3);
        var seen = new CopyOnWriteArrayList<InstanceBeat>();
        get(log.follow(topic, From.NOW, seen::add));

        publish("after", 50);

        await().untilAsserted(() -> assertThat(seen).hasSize(50));
        assertThat(seen).allSatisfy(beat -> assertThat(beat.instance().value()).startsWith("after"));
    }

    @Test
    void whatDoesNotConcernAFollowerIsPassedOver() throws Exception {
        var seen = new CopyOnWriteArrayList<InstanceBeat>();
        var wanted = topic.only(json -> new String(json, StandardCharsets.UTF_8).contains("wanted"));
        get(log.follow(wanted, From.NOW, seen::add));

        publish("other", 5);
        publish("wanted", 5);

        await().untilAsserted(() -> assertThat(seen).hasSize(5));
        assertThat(seen).allSatisfy(beat -> assertThat(beat.instance().value()).startsWith("wanted"));
    }

    @Test
    void whoeverOpensANameLaterShutsOutWhoeverHadItBefore() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        get(log.follow(topic, From.NOW, beat -> seen.add(beat.instance().value())));
        var first = get(log.openSole("sole"));
        get(first.publish(topic, beat("first", 1), Trace.NONE));

        var second = get(log.openSole("sole"));

        get(second.publish(topic, beat("second", 1), Trace.NONE));
        assertThatThrownBy(() -> get(first.publish(topic, beat("too-late", 1), Trace.NONE)))
                .hasCauseInstanceOf(SolePublisher.Deposed.class);
        assertThatThrownBy(() -> get(first.lost())).hasCauseInstanceOf(SolePublisher.Deposed.class);
        get(second.publish(topic, beat("last", 1), Trace.NONE));
        await().until(() -> seen.contains("last"));
        assertThat(seen).containsExactly("first", "second", "last");
        get(first.close());
        get(second.close());
    }

    @Test
    void muchThatIsPublishedAsTheOnlyOneKeepsItsOrder() throws Exception {
        var seen = new CopyOnWriteArrayList<Integer>();
        get(log.follow(topic, From.NOW, beat -> seen.add(beat.sessions())));
        var sole = get(log.openSole("sole-of-many"));

        var published = IntStream.range(0, 500)
                .mapToObj(
                        i -> sole.publish(topic, new InstanceBeat(new InstanceId("one"), Instant.EPOCH, i), Trace.NONE))
                .toList();

        get(Future.join(published));
        await().untilAsserted(() -> assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList()));
        get(sole.close());
    }

    @Test
    void whoeverFollowsKnowsWhenItHasHeardAllThatSomebodyElseHasPublished() throws Exception {
        var seen = new CopyOnWriteArrayList<Integer>();
        var view = get(log.follow(topic, From.BEGINNING, beat -> seen.add(beat.sessions())));
        var sole = get(log.openSole("sole-of-a-view"));
        for (int round = 1; round <= 5; round++) {
            get(sole.publish(topic, beat("one", round), Trace.NONE));

            get(view.caughtUp());

            assertThat(seen).hasSize(round).endsWith(round);
        }
        get(view.close());
        get(sole.close());
    }

    @Test
    void aTopicThatNoBrokerHasHeardOfYetIsWaitedFor() throws Exception {
        var unheard = new Topic<>(topic.name() + "-unheard", topic.type(), topic.key(), topic.retention());
        var seen = new CopyOnWriteArrayList<Integer>();
        var following = log.follow(unheard, From.BEGINNING, beat -> seen.add(beat.sessions()));
        var consuming = log.consumeAlone(unheard, "group-unheard", 1, (beat, trace) -> {
            seen.add(beat.sessions());
            return Future.succeededFuture();
        });

        TopicCreation.ensure(settings, List.of(unheard));
        get(following);
        get(consuming);

        get(log.publish(unheard, beat("one", 7)));
        await().untilAsserted(() -> assertThat(seen).containsExactly(7, 7));
    }

    @Test
    void thoseThatAreClosedAreForgotten() throws Exception {
        for (int round = 0; round < 2; round++) {
            get(get(log.follow(topic, From.NOW, beat -> {})).close());
            get(get(log.consumeAlone(topic, "come-and-gone", 1, (beat, trace) -> Future.succeededFuture()))
                    .close());
        }

        get(log.follow(topic, From.NOW, beat -> {}));

        assertThat(log.followers()).isEqualTo(1);
    }

    @Test
    void whatADeposedHandlerDidNotPublishIsHandledByWhoeverIsNext() throws Exception {
        var shutOut = get(log.openSole("sole-of-a-group"));
        get(log.openSole("sole-of-a-group")).close();
        var tried = new CopyOnWriteArrayList<String>();
        var deposed = get(log.consume(topic, "group-of-sole", beat -> {
            tried.add(beat.instance().value());
            return shutOut.publish(topic, beat, Trace.NONE);
        }));
        publish("work", 1);
        await().until(() -> !tried.isEmpty());
        get(deposed.close());

        var next = new CopyOnWriteArrayList<String>();
        get(log.consume(topic, "group-of-sole", beat -> {
            next.add(beat.instance().value());
            return Future.succeededFuture();
        }));

        await().untilAsserted(() -> assertThat(next).containsExactlyElementsOf(tried));
        get(shutOut.close());
    }

    @Test
    void aTraceGoesWithItsRecordAndWithNoOther() throws Exception {
        var trace = Trace.begin();
        var followed = new CopyOnWriteArrayList<String>();
        var consumed = new CopyOnWriteArrayList<String>();
        get(log.followTraced(topic, From.NOW, (beat, of) -> followed.add(of.header())));
        get(log.consumeTraced(topic, "group-traced", Duration.ofMillis(2), (beat, of) -> {
            consumed.add(of.header());
            return Future.succeededFuture();
        }));

        get(log.publish(topic, beat("one", 1), trace));
        get(log.publish(topic, beat("one", 2)));

        await().untilAsserted(() -> assertThat(followed).containsExactly(trace.header(), ""));
        await().untilAsserted(() -> assertThat(consumed).containsExactly(trace.header(), ""));
    }

    @Test
    void recordsOfOneKeyKeepTheirOrder() throws Exception {
        var seen = new CopyOnWriteArrayList<Integer>();
        get(log.follow(topic, From.NOW, beat -> seen.add(beat.sessions())));

        var sent = new ArrayList<Future<Void>>();
        for (int i = 0; i < 500; i++) {
            sent.add(log.publish(topic, beat("one", i)));
        }
        get(Future.all(sent));

        await().untilAsserted(() -> assertThat(seen).hasSize(500));
        assertThat(seen).isEqualTo(IntStream.range(0, 500).boxed().toList());
    }

    @Test
    void aFollowerFromTheBeginningHasHandledAllWhenItIsReady() throws Exception {
        publishInTransaction("x", 700, true);
        publishInTransaction("y", 5, true);
        publishInTransaction("z", 5, false);
        var seen = new CopyOnWriteArrayList<InstanceBeat>();

        get(log.follow(topic, From.BEGINNING, seen::add));

        assertThat(seen).hasSize(705).noneMatch(beat -> beat.instance().value().startsWith("z"));
    }

    @Test
    void aKeyThatEndedIsTold() throws Exception {
        var room = new RoomSummary(new RoomId("r"), "R", true, List.of(), 1, Instant.EPOCH);
        var seen = new CopyOnWriteArrayList<Entry<RoomSummary>>();
        get(log.followEntries(Topics.ROOMS, From.NOW, seen::add));

        get(log.publish(Topics.ROOMS, room));
        try (var producer = rawProducer(Map.of())) {
            producer.send(new ProducerRecord<>(Topics.ROOMS.name(), "r", null)).get();
        }

        await().untilAsserted(() -> assertThat(seen).containsExactly(new Entry<>("r", room), new Entry<>("r", null)));
    }

    @Test
    void anUnreadableRecordIsPassedOver() throws Exception {
        var seen = new CopyOnWriteArrayList<InstanceBeat>();
        get(log.follow(topic, From.NOW, seen::add));

        try (var producer = rawProducer(Map.of())) {
            producer.send(new ProducerRecord<>(topic.name(), "k", new byte[] {1, 2, 3}))
                    .get();
        }
        publish("good", 1);

        await().untilAsserted(() -> assertThat(seen).hasSize(1));
    }

    @Test
    void aHandlerThatThrowsMissesOnlyThatRecord() throws Exception {
        var seen = new CopyOnWriteArrayList<Integer>();
        get(log.follow(topic, From.NOW, beat -> {
            if (beat.sessions() == 1) {
                throw new IllegalStateException("on purpose");
            }
            seen.add(beat.sessions());
        }));

        publish("k", 3);

        await().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder(0, 2));
    }

    @Test
    void aGroupMemberHandlesEachPartitionsRecordsOneAfterAnother() throws Exception {
        var running = new AtomicInteger();
        var overlaps = new AtomicInteger();
        var seen = new CopyOnWriteArrayList<Integer>();
        get(log.consume(topic, "group-1", beat -> {
            if (running.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            var done = Promise.<Void>promise();
            vertx.setTimer(1, timer -> {
                seen.add(beat.sessions());
                running.decrementAndGet();
                done.complete();
            });
            return done.future();
        }));

        for (int i = 0; i < 60; i++) {
            get(log.publish(topic, beat("one", i)));
        }

        await().untilAsserted(() -> assertThat(seen).hasSize(60));
        assertThat(seen).isEqualTo(IntStream.range(0, 60).boxed().toList());
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void aMemberThatCannotKeepUpTakesNoMoreOfThatPartitionWhileTheOthersGoOn() throws Exception {
        var backlog = 3 * GroupConsumer.LONG_LANE;
        var gate = Promise.<Void>promise();
        var slow = new CopyOnWriteArrayList<Integer>();
        var others = new AtomicInteger();
        var member = (GroupConsumer<?>) get(log.consume(topic, "group-3", beat -> {
            if (!beat.instance().value().equals("slow")) {
                others.incrementAndGet();
                return Future.succeededFuture();
            }
            slow.add(beat.sessions());
            return gate.future();
        }));

        get(Future.all(IntStream.range(0, backlog)
                .mapToObj(i -> log.publish(topic, beat("slow", i)))
                .toList()));
        await().atMost(PATIENCE).until(() -> get(member.longestLane()) >= GroupConsumer.LONG_LANE);
        // More polls than the whole backlog needs.
        for (int round = 0; round < 2 * backlog / Consumers.BATCH; round++) {
            var before = others.get();
            publish("other-" + round + "-", 10);
            await().atMost(PATIENCE).until(() -> others.get() > before);
        }

        assertThat(get(member.longestLane())).isLessThanOrEqualTo(GroupConsumer.LONG_LANE + Consumers.BATCH);
        assertThat(slow).containsExactly(0);
        gate.complete();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(slow).hasSize(backlog));
        assertThat(slow).isEqualTo(IntStream.range(0, backlog).boxed().toList());
    }

    @Test
    void whatIsUnderWayTogetherIsBegunInItsOrderAndWhoeverIsNextBeginsWithTheFirstThatIsNotThrough() throws Exception {
        for (int i = 0; i < 30; i++) {
            get(log.publish(topic, beat("one", i)));
        }
        var begun = new CopyOnWriteArrayList<Integer>();
        var member = get(log.consumeAlone(topic, "group-at-once", 10, (beat, trace) -> {
            begun.add(beat.sessions());
            // The first is through, the second never is, all others are.
            return beat.sessions() == 1 ? Promise.<Void>promise().future() : Future.succeededFuture();
        }));
        await().until(() -> begun.size() >= 10);
        get(member.close());

        var next = new CopyOnWriteArrayList<Integer>();
        get(log.consume(topic, "group-at-once", beat -> {
            next.add(beat.sessions());
            return Future.succeededFuture();
        }));

        await().until(() -> next.contains(29));
        assertThat(begun).isSorted().startsWith(0, 1, 2);
        assertThat(next).isSorted().startsWith(1, 2);
    }

    @Test
    void whoeverReadsAloneDoesNotWaitForWhoDidBefore() throws Exception {
        var former = new CopyOnWriteArrayList<Integer>();
        var hung = get(log.consumeAlone(topic, "group-alone", 10, (beat, trace) -> {
            former.add(beat.sessions());
            return Future.succeededFuture();
        }));
        publish("k", 10);
        await().untilAsserted(() -> assertThat(former).hasSize(10));

        var next = new CopyOnWriteArrayList<Integer>();
        get(log.consumeAlone(topic, "group-alone", 10, (beat, trace) -> {
            next.add(beat.sessions());
            return Future.succeededFuture();
        }));
        get(log.publish(topic, beat("later", 99)));

        // Both: of two members of a group it would be one, and the other only after the first.
        await().untilAsserted(() -> assertThat(next).contains(99));
        await().untilAsserted(() -> assertThat(former).contains(99));
        get(hung.close());
    }

    @Test
    void aGroupGoesOnWhereItStopped() throws Exception {
        var first = new CopyOnWriteArrayList<Integer>();
        var member = get(log.consume(topic, "group-2", beat -> {
            first.add(beat.sessions());
            return Future.succeededFuture();
        }));
        publish("k", 10);
        await().untilAsserted(() -> assertThat(first).hasSize(10));
        get(member.close());

        get(log.publish(topic, beat("later", 99)));
        var second = new CopyOnWriteArrayList<Integer>();
        get(log.consume(topic, "group-2", beat -> {
            second.add(beat.sessions());
            return Future.succeededFuture();
        }));

        await().untilAsserted(() -> assertThat(second).contains(99));
        assertThat(second).containsExactly(99);
    }

    @Test
    void publishingFailsInBoundedTimeWhenKafkaIsAway(@TempDir Path other) throws Exception {
        var away = EmbeddedKafka.start(other, 0);
        var lonely = get(EventLog.open(vertx, KafkaSettings.single(away.bootstrapServers())));
        away.close();

        assertThatThrownBy(() -> get(lonely.publish(Topics.SIGNALING_INSTANCES, beat("k", 1))))
                .hasCauseInstanceOf(Exception.class);
        get(lonely.close());
    }

    private void publish(String key, int count) throws Exception {
        get(Future.all(IntStream.range(0, count)
                .mapToObj(i -> log.publish(topic, beat(key + i, i)))
                .toList()));
    }

    private void publishInTransaction(String key, int count, boolean commit) {
        try (var producer = rawProducer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, key))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic.name(), key + i, topic.encode(beat(key + i, i))));
            }
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.flush();
                producer.abortTransaction();
            }
        }
    }

    private static KafkaProducer<String, byte[]> rawProducer(Map<String, Object> more) {
        var config = new java.util.HashMap<String, Object>(more);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private static InstanceBeat beat(String instance, int sessions) {
        return new InstanceBeat(new InstanceId(instance), Instant.EPOCH, sessions);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
