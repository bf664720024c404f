package dev.grandstand.loadagent.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.servicekit.BadConfiguration;
import dev.grandstand.servicekit.Env;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over real HTTP, without a Grandstand behind it. */
class AgentApiIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOKEN = "a-token-of-enough-characters";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path clips;

    private static Vertx vertx;
    private static AgentApi api;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        api = new AgentApi(vertx, new AgentConfig("127.0.0.1", 0, TOKEN, clips));
        api.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() throws Exception {
        api.stop().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        HTTP.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return send(to(path).POST(BodyPublishers.ofString(body)));
    }

    private static JsonArray list(String path) throws Exception {
        var answer = send(to(path));
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonArray(answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic " + TOKEN, "Bearer " + TOKEN + "x"})
    void withoutTheTokenNothingIsToldOrDone(String shown) throws Exception {
        for (var path : new String[] {"/agent", "/pull/find_all", "/push/find_all", "/pull/startup"}) {
            var answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                    .header("Authorization", shown));
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/pull/startup|no json|body",
                "/pull/startup|[1]|body",
                "/pull/startup|{\"room\":\"x\"}|uri",
                "/pull/startup|{\"uri\":\"http://localhost/ws\",\"room\":\"x\"}|uri",
                "/pull/startup|{\"uri\":\"ws://localhost/ws\"}|room",
                "/pull/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"X Y\"}|room",
                "/pull/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"count\":0}|count",
                "/pull/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"count\":1.5}|count",
                "/pull/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"count\":\"many\"}|count",
                "/pull/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"rate\":0}|rate",
                "/pull/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"speed\":1}|speed",
                "/push/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"framesPerSecond\":99}|framesPerSecond",
                "/push/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"source\":\"../secret.ivf\"}|source",
                "/push/startup|{\"uri\":\"ws://localhost/ws\",\"room\":\"x\",\"source\":\"bad.ivf\"}|neither IVF",
                "/pull/terminate|{}|id or all",
                "/pull/terminate|{\"id\":1,\"all\":true}|id or all"
            })
    void whatCannotBeDoneIsRefusedByTheFieldsName(String path, String body, String named) throws Exception {
        Files.writeString(clips.resolve("bad.ivf"), "not a clip");

        var answer = post(path, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("message")).contains(named);
        assertThat(list("/pull/find_all")).isEmpty();
        assertThat(list("/push/find_all")).isEmpty();
    }

    @Test
    void aPullIsListedWithWhatBecameOfItUntilItIsTerminated() throws Exception {
        int nobody;
        try (var taken = new ServerSocket(0)) {
            nobody = taken.getLocalPort();
        }
        var order = new JsonObject()
                .put("uri", "ws://127.0.0.1:" + nobody + "/ws")
                .put("room", "x")
                .put("count", 3)
                .put("rate", 100);
        int id = new JsonObject(post("/pull/startup", order.encode()).body()).getInteger("id");

        await().atMost(PATIENCE)
                .until(() -> list("/pull/find_all")
                                .getJsonObject(0)
                                .getJsonObject("figures")
                                .getInteger("refused")
                        == 3);
        var pull = list("/pull/find_all").getJsonObject(0);
        assertThat(pull.getInteger("id")).isEqualTo(id);
        assertThat(pull.getJsonObject("figures").getInteger("entered")).isZero();

        assertThat(post("/pull/terminate", "{\"id\":" + (id + 1) + "}").statusCode())
                .isEqualTo(404);
        var ended = post("/pull/terminate", "{\"id\":" + id + "}");
        assertThat(new JsonObject(ended.body()).getJsonArray("terminated")).containsExactly(id);
        assertThat(list("/pull/find_all")).isEmpty();
    }

    @Test
    void pagesOfOtherOriginsMayAskWithTheToken() throws Exception {
        var asked = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + "/pull/startup"))
                .header("Origin", "http://console.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(asked.statusCode()).isLessThan(300);
        assertThat(asked.headers().firstValue("access-control-allow-origin")).isPresent();
        assertThat(asked.headers().firstValue("access-control-allow-headers").orElse(""))
                .contains("authorization");
    }

    @Test
    void whatItTakesOfItsMachineIsTold() throws Exception {
        var agent = new JsonObject(send(to("/agent")).body());
        assertThat(agent.getDouble("cpuSeconds")).isPositive();
        assertThat(agent.getInteger("cores")).isPositive();
    }

    @Test
    void aTokenThatIsEasilyGuessedIsRefusedAndFlagsWinOverVariables() {
        assertThatThrownBy(() -> AgentConfig.from(new Env(Map.of("GRANDSTAND_AGENT_TOKEN", "short"))))
                .isInstanceOf(BadConfiguration.class)
                .hasMessageContaining("GRANDSTAND_AGENT_TOKEN");
        var config = AgentConfig.from(new Env(Map.of("GRANDSTAND_AGENT_PORT", "1")), "--port", "2");
        assertThat(config.port()).isEqualTo(2);
        assertThat(config.token()).hasSizeGreaterThanOrEqualTo(16);
        assertThatThrownBy(() -> AgentConfig.from(new Env(Map.of()), "--prot", "2"))
                .hasMessageContaining("--prot");
    }
}
