package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import dev.grandstand.e2e.cluster.Cluster;
import dev.grandstand.e2e.cluster.ClusterLogs;
import dev.grandstand.e2e.cluster.ClusterPlan;
import dev.grandstand.e2e.cluster.ServiceProcess;
import dev.grandstand.eventlog.Topics;
import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.chat.ChatEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each service in a process of its own, as its jar and its variables make it. */
class ClusterIT {

    private static final Pattern COUNTED =
            Pattern.compile("(grandstand_client_(?:first_frame|join)_seconds_count) (\\S+)");

    private static @Nullable Cluster cluster;

    @RegisterExtension
    final ClusterLogs logs = new ClusterLogs(() -> cluster);

    @BeforeAll
    static void start() throws IOException {
        cluster = Cluster.start("basics", ClusterPlan.standard());
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Cluster running() {
        return Objects.requireNonNull(cluster);
    }

    @Test
    void whoIsAtDifferentInstancesMeetsInOneRoom() {
        try (var ann = new RawSocket(running().socket(0));
                var ben = new RawSocket(running().socket(1))) {
            ann.join("meeting", "Ann");
            var joined = ben.join("meeting", "Ben");

            assertThat(joined.path("roster").findValuesAsText("name")).containsExactlyInAnyOrder("Ann", "Ben");
            say(ann, 2, "hello");
            ben.first("what Ann said", message -> isChat(message, "hello"));
        }
    }

    @Test
    void chatThatWasAcknowledgedOutlivesItsService() {
        try (var ann = new RawSocket(running().socket(0))) {
            ann.join("memory", "Ann");
            say(ann, 2, "before");

            running().chats().getFirst().kill().start().awaitReady();

            Visitor.await("chat to work again").until(() -> say(ann, 3, "after").equals("chatSent"));
            try (var ben = new RawSocket(running().socket(1))) {
                assertThat(ben.join("memory", "Ben").path("chat").findValuesAsText("text"))
                        .containsExactly("before", "after");
            }
        }
    }

    /** Chat answers a newcomer before the room does; what is said in between is in neither's answer by itself. */
    @Test
    void whatIsSaidWhileSomebodyEntersReachesThem() {
        try (var ann = new RawSocket(running().socket(0));
                var ben = new RawSocket(running().socket(1))) {
            ann.join("between", "Ann");
            say(ann, 2, "before");
            var log = new DurableLog(running().kafka());
            var read = historiesRead(log);
            running().rooms().forEach(ServiceProcess::pause);
            try {
                ben.send("{\"type\":\"join\",\"id\":1,\"room\":\"between\",\"name\":\"Ben\"}");
                Visitor.await("Ben's history to be read").until(() -> historiesRead(log) == read + 1);
                assertThat(say(ann, 3, "meanwhile")).isEqualTo("chatSent");
            } finally {
                running().rooms().forEach(ServiceProcess::resume);
            }
            assertThat(ben.reply(1).path("chat").findValuesAsText("text")).containsExactly("before", "meanwhile");
        }
    }

    @Test
    void operatorsKnowHowLongAFirstFrameTookAViewerAndAnAgent() throws Exception {
        var vertx = Vertx.vertx();
        try (var browsers = new Browsers();
                var agent = LoadAgent.on(vertx);
                var ann = enter(browsers.with(Camera.RED), 0, "Ann", "live")) {
            ann.awaitOnAir();
            assertThat(timesToldTo(1, ann)).containsOnly(0.0);

            try (var vera = enter(browsers.with(Venue.AUDIENCE), 1, "Vera", "view")) {
                vera.awaitSight("Ann", Camera.RED);
                Visitor.await("the meters to tell of Vera's join and first frame")
                        .until(() -> timesToldTo(1, vera).equals(List.of(1.0, 1.0)));
            }
            agent.view(running().socket(1), new RoomId("measured"), new DisplayName("Victor"));
            Visitor.await("the meters to tell of the agent's")
                    .until(() -> timesToldTo(1, ann).equals(List.of(2.0, 2.0)));
        } finally {
            SmallNodes.get(vertx.close());
        }
    }

    private static Visitor enter(Browser browser, int instance, String name, String auto) {
        var visitor = new Visitor(browser.newContext(), name);
        visitor.page().navigate(running().pages(instance) + "/room/measured?name=" + name + "&auto=" + auto);
        visitor.awaitJoined();
        return visitor;
    }

    /** How many first frames and joins clients have told an instance of. */
    private static List<Double> timesToldTo(int instance, Visitor visitor) {
        var meters = visitor.page()
                .request()
                .get(running().pages(instance) + "/metrics")
                .text();
        return COUNTED.matcher(meters)
                .results()
                .map(found -> Double.valueOf(found.group(2)))
                .toList();
    }

    private static long historiesRead(DurableLog log) {
        return log.read(Topics.CHAT_EVENTS, "between").stream()
                .filter(record -> record.event() instanceof ChatEvent.HistoryRead)
                .count();
    }

    private static String say(RawSocket socket, int id, String text) {
        socket.forget();
        socket.send("{\"type\":\"chat\",\"id\":%d,\"text\":\"%s\",\"clientId\":\"%s\"}".formatted(id, text, text));
        return socket.reply(id).path("type").asText();
    }

    private static boolean isChat(JsonNode message, String text) {
        return message.path("type").asText().equals("chat")
                && message.path("message").path("text").asText().equals(text);
    }
}
