package dev.grandstand.relay.kurento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.relay.media.InMemoryMediaEngine;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection takes, and what becomes of a session when its connections come and go. */
class ConnectionIT {

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final KurentoConfig.Limits SMALL = new KurentoConfig.Limits(4_096, 1 << 20, 3, 4, 3, 100);

    private final MutableClock clock = new MutableClock();
    private final InMemoryMediaEngine engine = new InMemoryMediaEngine();
    private Vertx vertx;
    private RunningRelay relay;
    private RawClient client;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        relay = new RunningRelay(vertx, engine, clock, PERIOD, SMALL);
        client = relay.client();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        relay.close();
        RunningRelay.await(vertx.close());
    }

    private static String createPipeline(RawClient client, int id) throws Exception {
        return value(client.call(id, "create", "{\"type\":\"MediaPipeline\"}"));
    }

    private static String createEndpoint(RawClient client, int id, String pipeline) throws Exception {
        return value(client.call(
                id,
                "create",
                "{\"type\":\"WebRtcEndpoint\",\"constructorParams\":{\"mediaPipeline\":\"" + pipeline + "\"}}"));
    }

    private static JsonNode invoke(RawClient client, int id, String object, String operation) throws Exception {
        return client.call(id, "invoke", "{\"object\":\"" + object + "\",\"operation\":\"" + operation + "\"}");
    }

    private static String value(JsonNode response) {
        return response.at("/result/value").textValue();
    }

    private static int code(JsonNode response) {
        return response.at("/error/code").asInt();
    }

    private void drop(RawClient dropped) throws Exception {
        var before = relay.connections();
        dropped.drop();
        await().until(() -> relay.connections() < before);
    }

    private void pass(Duration time) throws Exception {
        clock.advance(time);
        relay.collect();
    }

    @Test
    void anotherPathIsClosedWithAProtocolError() throws Exception {
        var lost = RawClient.open(vertx, relay.port(), "/elsewhere");
        assertThat(lost.closedWith()).isEqualTo(1002);
    }

    @Test
    void aMessageThatIsTooLargeIsClosedWith1009() throws Exception {
        client.tell("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"x\":\"" + "x".repeat(10_000) + "\"}");
        assertThat(client.closedWith()).isEqualTo(1009);
    }

    @Test
    void aMessageTooDeepToBeSensibleDropsTheConnection() throws Exception {
        client.tell("[".repeat(1_000));
        assertThat(client.closedWith()).isEqualTo(1006);
    }

    @Test
    void aStoppingNodeSaysGoodbye() throws Exception {
        var other = relay.client();
        relay.close();
        assertThat(other.closedWith()).isEqualTo(1001);
        relay = new RunningRelay(vertx, engine, clock, PERIOD, SMALL);
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInOrder() throws Exception {
        client.tell(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"invoke\",\"params\":{\"object\":\"manager_ServerManager\","
                        + "\"operation\":\"getUsedCpu\",\"operationParams\":{\"interval\":100}}}");
        for (int id = 2; id < 300; id++) {
            client.tell("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
        }
        for (int id = 1; id < 300; id++) {
            assertThat(client.response().get("id").asInt()).isEqualTo(id);
        }
    }

    @Test
    void aNodeThatIsFullRefuses() throws Exception {
        var pipeline = createPipeline(client, 1);
        for (int id = 2; id <= 4; id++) {
            createEndpoint(client, id, pipeline);
        }
        var refused = client.call(5, "create", "{\"type\":\"MediaPipeline\"}");
        assertThat(code(refused)).isEqualTo(40009);
        assertThat(refused.at("/error/data/type").asText()).isEqualTo("NOT_ENOUGH_RESOURCES");

        client.call(6, "release", "{\"object\":\"" + pipeline + "\"}");
        assertThat(createPipeline(client, 7)).isNotNull();
        assertThat(engine.size()).isZero();
    }

    @Test
    void thereAreOnlySoManySessions() throws Exception {
        createPipeline(client, 1);
        try (var second = relay.client();
                var third = relay.client();
                var fourth = relay.client()) {
            second.call(1, "connect", "{}");
            third.call(1, "connect", "{}");
            assertThat(code(fourth.call(1, "connect", "{}"))).isEqualTo(40009);
            drop(third);
            assertThat(fourth.call(2, "connect", "{}").has("result")).isTrue();
        }
    }

    @Test
    void aTransactionHasOnlySoManySteps() throws Exception {
        var steps = "{\"operations\":[{\"id\":0},{\"id\":1},{\"id\":2},{\"id\":3}]}";
        assertThat(code(client.call(1, "transaction", steps))).isEqualTo(40009);
    }

    @Test
    void objectsOfALostConnectionLiveOnForAPeriodAndThenGo() throws Exception {
        var pipeline = createPipeline(client, 1);
        createEndpoint(client, 2, pipeline);
        drop(client);
        client = relay.client();

        pass(PERIOD.minusMillis(1));
        assertThat(engine.size()).isEqualTo(1);
        pass(Duration.ofMillis(1));
        assertThat(engine.size()).isZero();
        assertThat(code(invoke(client, 1, pipeline, "getName"))).isEqualTo(40101);
    }

    @Test
    void anOpenButSilentConnectionKeepsItsSession() throws Exception {
        var pipeline = createPipeline(client, 1);
        pass(PERIOD.multipliedBy(10));
        assertThat(value(invoke(client, 2, pipeline, "getName"))).isEqualTo(pipeline);
    }

    @Test
    void watchingANodeKeepsNoOrphansAlive() throws Exception {
        try (var watcher = relay.client()) {
            createPipeline(client, 1);
            drop(client);
            invoke(watcher, 1, "manager_ServerManager", "getPipelines");
            pass(PERIOD);
            assertThat(invoke(watcher, 2, "manager_ServerManager", "getPipelines")
                            .at("/result/value"))
                    .isEmpty();
            client = relay.client();
        }
    }

    @Test
    void anObjectThatTwoSessionsUseLivesAsLongAsTheLastOfThem() throws Exception {
        var pipeline = createPipeline(client, 1);
        try (var second = relay.client()) {
            var endpoint = createEndpoint(second, 1, pipeline);
            client.call(2, "closeSession", "{}");
            assertThat(value(invoke(second, 2, endpoint, "getName"))).isEqualTo(endpoint);
            assertThat(value(invoke(second, 3, pipeline, "getName"))).isEqualTo(pipeline);
            second.call(4, "closeSession", "{}");
            assertThat(engine.size()).isZero();
        }
    }

    @Test
    void eventsGoToTheConnectionThatSpeaksForTheSession() throws Exception {
        var pipeline = createPipeline(client, 1);
        var session = client.call(2, "ping", "{}").at("/result/sessionId").asText();
        client.call(3, "subscribe", "{\"object\":\"manager_ServerManager\",\"type\":\"ObjectCreated\"}");
        try (var second = relay.client()) {
            second.call(1, "connect", "{\"sessionId\":\"" + session + "\"}");
            var endpoint = createEndpoint(second, 4, pipeline);
            await().untilAsserted(() -> assertThat(second.events(e -> true))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.at("/data/object").asText()).isEqualTo(endpoint)));
            assertThat(client.events()).isEmpty();
            assertThat(client.call(4, "ping", "{}").at("/result/sessionId").isMissingNode())
                    .isTrue();
        }
    }

    @Test
    void aRepeatedRequestIsNotCarriedOutTwice() throws Exception {
        createPipeline(client, 1);
        var first = createPipeline(client, 2);
        assertThat(createPipeline(client, 2)).isEqualTo(first);
        clock.advance(ResponseCache.LIFETIME);
        assertThat(createPipeline(client, 2)).isNotEqualTo(first);
    }

    @Test
    void reconnectingASourceTellsTheOldOne() throws Exception {
        var pipeline = createPipeline(client, 1);
        var first = createEndpoint(client, 2, pipeline);
        var second = createEndpoint(client, 3, pipeline);
        var sink = createEndpoint(client, 4, pipeline);
        client.call(5, "subscribe", "{\"object\":\"" + first + "\",\"type\":\"ElementDisconnected\"}");
        var connect = "{\"object\":\"%s\",\"operation\":\"connect\",\"operationParams\":{\"sink\":\"" + sink
                + "\",\"mediaType\":\"VIDEO\"}}";
        client.call(6, "invoke", connect.formatted(first));
        client.call(7, "invoke", connect.formatted(second));

        await().untilAsserted(() -> assertThat(
                        client.events(e -> e.at("/data/mediaType").asText().equals("VIDEO")))
                .hasSize(1));
        assertThat(engine.connections()).isEqualTo(1);
    }
}
