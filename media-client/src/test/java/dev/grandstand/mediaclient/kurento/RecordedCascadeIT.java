package dev.grandstand.mediaclient.kurento;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.mediaclient.EndpointListener;
import dev.grandstand.mediaclient.NodeLink;
import dev.grandstand.mediaclient.OneVideoCodec;
import dev.grandstand.protocol.VideoCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A link between two real Kurento servers, as it was recorded: Kurento Media Server 7.3.1, a stream of VP8 and Opus from A
 * to B, the offer's other codecs taken out. {@code kurento/cascade.jsonl} holds of that recording what belongs to the link
 * itself, and of the candidates the first of each server. Without the filter the same two servers agreed on AV1 as their
 * first codec, and B got sound only.
 */
class RecordedCascadeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final KurentoMediaServers servers = new KurentoMediaServers(vertx);
    private List<JsonObject> recording;
    private RecordedNode a;
    private RecordedNode b;

    @BeforeEach
    void record() throws Exception {
        recording = lines();
        a = new RecordedNode(vertx, of("A"));
        b = new RecordedNode(vertx, of("B"));
        link();
    }

    @AfterEach
    void close() throws Exception {
        servers.close().await(5, TimeUnit.SECONDS);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void eachServerIsToldWhatItWasToldThen() {
        assertThat(a.asked("WebRtcEndpoint")).containsExactly(asked("A", "create", "WebRtcEndpoint"));
        assertThat(a.asked("connect")).hasSize(1);
        assertThat(b.asked("processOffer")).containsExactly(asked("B", "invoke", "processOffer"));
        assertThat(a.asked("processAnswer")).containsExactly(asked("A", "invoke", "processAnswer"));
    }

    /** Candidates are gathered by themselves once the link is made. */
    @Test
    void inTheSameOrder() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(a.order("WebRtcEndpoint", "connect", "generateOffer", "processAnswer", "gatherCandidates"))
                    .isSorted()
                    .doesNotContain(-1);
            assertThat(b.order("WebRtcEndpoint", "processOffer", "gatherCandidates"))
                    .isSorted()
                    .doesNotContain(-1);
        });
    }

    /** Kurento takes them afterwards too, without effect. */
    @Test
    void bandwidthsAreSetBeforeAnythingIsNegotiated() {
        assertThat(a.order("setMaxVideoSendBandwidth", "generateOffer"))
                .isSorted()
                .doesNotContain(-1);
        assertThat(b.order("setMinVideoRecvBandwidth", "processOffer"))
                .isSorted()
                .doesNotContain(-1);
    }

    @Test
    void eachHearsOfTheOthersCandidatesAsTheyWereFound() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(candidates(b)).containsExactlyElementsOf(found("A"));
            assertThat(candidates(a)).containsExactlyElementsOf(found("B"));
        });
    }

    /** The relay among real servers of a fleet: it takes the offer that a real one makes, filtered, and answers VP8. */
    @Test
    void aRelayAnswersTheRecordedOffer() throws Exception {
        try (var relay = new RelayNode()) {
            var node = servers.on(relay.ref());
            var answer = onContext(() -> node.createPipeline(Map.of())
                    .compose(pipeline -> node.publish(
                            pipeline,
                            OneVideoCodec.of(VideoCodec.VP8)
                                    .only(line("A", "invoke", "generateOffer").getString("result"))
                                    .orElseThrow(),
                            Map.of(),
                            new EndpointListener() {})));
            assertThat(answer.answer())
                    .contains("a=mid:audio0", "a=mid:video0", "a=rtpmap:104 VP8/90000", "a=recvonly")
                    .doesNotContain("AV1", "H264");
        }
    }

    private void link() throws Exception {
        onContext(() -> servers.on(a.ref()).createPipeline(Map.of()).compose(from -> servers.on(b.ref())
                .createPipeline(Map.of())
                .compose(to -> NodeLink.make(
                        servers.on(a.ref()),
                        from,
                        "source_kurento.WebRtcEndpoint",
                        servers.on(b.ref()),
                        to,
                        VideoCodec.VP8,
                        Map.of(),
                        lost -> {}))));
    }

    private <T> T onContext(Supplier<Future<T>> question) throws Exception {
        var answer = Promise.<T>promise();
        vertx.runOnContext(now -> question.get().onComplete(answer));
        return answer.future().await(20, TimeUnit.SECONDS);
    }

    /** The recording's line for an operation: what was asked, not what was answered. */
    private JsonObject asked(String server, String what, String name) {
        var line = line(server, what, name);
        return new JsonObject().put(what, name).put("with", line.getJsonObject("with"));
    }

    private JsonObject line(String server, String what, String name) {
        return of(server).stream()
                .filter(one -> name.equals(one.getString(what)))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonObject> of(String server) {
        return recording.stream()
                .filter(line -> line.getString("server").equals(server))
                .toList();
    }

    private List<String> found(String server) {
        return of(server).stream()
                .filter(line -> line.containsKey("found"))
                .map(line -> words(line.getJsonObject("found")))
                .toList();
    }

    private static List<String> candidates(RecordedNode node) {
        return node.asked("addIceCandidate").stream()
                .map(one -> words(one.getJsonObject("with").getJsonObject("candidate")))
                .toList();
    }

    private static String words(JsonObject candidate) {
        return "%s %s %s"
                .formatted(
                        candidate.getString("candidate"),
                        candidate.getString("sdpMid"),
                        candidate.getInteger("sdpMLineIndex"));
    }

    private static List<JsonObject> lines() throws IOException {
        try (var in = Objects.requireNonNull(RecordedCascadeIT.class.getResourceAsStream("/kurento/cascade.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonObject::new)
                    .toList();
        }
    }
}
