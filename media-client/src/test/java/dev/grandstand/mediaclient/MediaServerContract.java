package dev.grandstand.mediaclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.VideoCodec;
import dev.grandstand.protocol.client.IceCandidate;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every media node does, be it in memory, our relay or Kurento. */
public abstract class MediaServerContract {

    private static final IceCandidate BROWSERS =
            new IceCandidate("candidate:1 1 udp 2122194687 127.0.0.1 42432 typ host generation 0", "0", 0);

    protected Vertx vertx;
    protected MediaServers servers;
    protected MediaServer node;
    private Context context;
    private String pipeline;
    private final Recorder listener = new Recorder();
    private final List<String> lost = new CopyOnWriteArrayList<>();

    /** The servers under test. */
    protected abstract MediaServers servers(Vertx vertx) throws Exception;

    /** Whether these nodes can restart ICE; Kurento cannot. */
    protected boolean restartsIce() {
        return true;
    }

    /** A node of theirs. */
    protected abstract NodeRef ref();

    @BeforeEach
    void openAPipeline() throws Exception {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
        servers = servers(vertx);
        node = servers.on(ref());
        pipeline = ask(() -> node.createPipeline(Map.of("room", "contract", "owner", "grandstand")));
    }

    @AfterEach
    void releaseIt() throws Exception {
        ask(() -> node.release(pipeline).otherwiseEmpty());
        ask(() -> servers.close());
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void aPipelineIsFoundWithItsTags() {
        assertThat(ask(() -> node.pipelines()))
                .contains(new Pipeline(pipeline, Map.of("room", "contract", "owner", "grandstand")));
    }

    @Test
    void whoeverConnectsAheadAsksAsBefore() {
        node.connect();

        assertThat(ask(() -> node.endpoints(pipeline))).isEmpty();
    }

    @Test
    void aPublishedEndpointAnswersAndTellsItsCandidates() {
        var endpoint = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));

        assertThat(endpoint.answer()).startsWith("v=0").contains("m=video", "m=audio", "VP8/90000");
        awaitCandidates(endpoint, listener);
        assertThat(listener.candidates)
                .allSatisfy(candidate -> assertThat(candidate.candidate()).startsWith("candidate:"));
        assertThat(ask(() -> node.endpoints(pipeline))).containsExactly(endpoint.id());
    }

    @Test
    void aViewerGetsAnEndpointOfItsOwn() {
        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        var viewer = new Recorder();
        var endpoint = ask(
                () -> node.view(pipeline, source.id(), Offers.receiving(), Map.of("participant", "viewer"), viewer));

        assertThat(endpoint.answer()).startsWith("v=0").contains("m=video");
        awaitCandidates(endpoint, viewer);
        assertThat(ask(() -> node.endpoints(pipeline))).containsExactlyInAnyOrder(source.id(), endpoint.id());
    }

    @Test
    void aStreamIsOfferedToAnotherPipelineAndAnsweredThere() {
        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        var elsewhere = ask(() -> node.createPipeline(Map.of()));
        var link = ask(() -> NodeLink.make(
                node, pipeline, source.id(), node, elsewhere, VideoCodec.VP8, Map.of("stream", "s"), lost::add));

        assertThat(link.arrival().node()).isEqualTo(node.node());
        assertThat(ask(() -> node.endpoints(elsewhere)))
                .containsExactly(link.arrival().endpoint());
        assertThat(ask(() -> node.endpoints(pipeline))).hasSize(2).contains(source.id());
        ask(() -> node.view(
                elsewhere, link.arrival().endpoint(), Offers.receiving(), Map.of("participant", "v"), new Recorder()));

        ask(link::release);
        assertThat(ask(() -> node.endpoints(pipeline))).containsExactly(source.id());
        assertThat(lost).isEmpty();
        ask(() -> node.release(elsewhere));
    }

    @Test
    void aLinkOfAnH264RoomSaysSoAtBothEnds() {
        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        var elsewhere = ask(() -> node.createPipeline(Map.of()));
        var link = ask(() ->
                NodeLink.make(node, pipeline, source.id(), node, elsewhere, VideoCodec.H264, Map.of(), lost::add));

        assertThat(link.arrival().codec()).isEqualTo(VideoCodec.H264);
        assertThat(link.sending().codec()).isEqualTo(VideoCodec.H264);
        ask(link::release);
        ask(() -> node.release(elsewhere));
    }

    @Test
    void whatOneEndpointFedIsHandedOverToAnother() {
        var former = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), new Recorder()));
        ask(() -> node.view(pipeline, former.id(), Offers.receiving(), Map.of(), new Recorder()));

        ask(() -> node.handOver(former.id(), source.id()));
        ask(() -> node.handOver(former.id(), source.id()));

        ask(() -> node.release(former.id()));
        refused(MediaFailure.Kind.NOT_FOUND, () -> node.handOver(former.id(), source.id()));
        assertThat(ask(() -> node.endpoints(pipeline))).hasSize(2);
    }

    @Test
    void whoeverConnectsBeforeTheStreamComesIsFedThen() {
        var viewer = new Recorder();
        var endpoint = ask(() -> node.viewLater(pipeline, Offers.receiving(), Map.of("participant", "v"), viewer));
        assertThat(endpoint.answer()).startsWith("v=0").contains("m=video");
        awaitCandidates(endpoint, viewer);
        refused(MediaFailure.Kind.NOT_FOUND, () -> node.feed(pipeline + "/gone_kurento.WebRtcEndpoint", endpoint.id()));

        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        ask(() -> node.feed(source.id(), endpoint.id()));
        ask(() -> node.feed(source.id(), endpoint.id()));

        assertThat(ask(() -> node.endpoints(pipeline))).containsExactlyInAnyOrder(source.id(), endpoint.id());
        ask(() -> node.release(endpoint.id()));
        refused(MediaFailure.Kind.NOT_FOUND, () -> node.feed(source.id(), endpoint.id()));
    }

    @Test
    void aLinkThatCannotBeMadeLeavesNothingBehind() {
        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));

        refused(
                MediaFailure.Kind.NOT_FOUND,
                () -> NodeLink.make(
                        node,
                        pipeline,
                        source.id(),
                        node,
                        "nowhere_kurento.MediaPipeline",
                        VideoCodec.VP8,
                        Map.of(),
                        lost::add));

        assertThat(ask(() -> node.endpoints(pipeline))).containsExactly(source.id());
    }

    @Test
    void aBrowserWhoseNetworkChangedIsAnsweredWithCandidates() {
        var endpoint = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        var restarted = Offers.restarted(Offers.sending());

        if (restartsIce()) {
            assertThat(ask(() -> node.restartIce(endpoint.id(), restarted)))
                    .contains("m=audio", "m=video", "a=candidate:");
        } else {
            refused(MediaFailure.Kind.ALREADY_NEGOTIATED, () -> node.restartIce(endpoint.id(), restarted));
        }
        assertThat(ask(() -> node.endpoints(pipeline))).containsExactly(endpoint.id());
    }

    @Test
    void anOfferThatRestartsNothingIsRefused() {
        var endpoint = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));

        refused(MediaFailure.Kind.ALREADY_NEGOTIATED, () -> node.restartIce(endpoint.id(), Offers.sending()));
        refused(MediaFailure.Kind.BAD_SDP, () -> node.restartIce(endpoint.id(), "no offer"));
        ask(() -> node.release(endpoint.id()));
        refused(MediaFailure.Kind.NOT_FOUND, () -> node.restartIce(endpoint.id(), Offers.sending()));
    }

    @Test
    void anEndpointOutlivesWhoMadeItAndIsAdopted() throws Exception {
        var tags = Map.of("participant", "ann");
        var endpoint = ask(() -> node.publish(pipeline, Offers.sending(), tags, listener));
        var later = new Recorder();

        ask(() -> node.adopt(pipeline, endpoint.id(), Direction.PUBLISH, later));
        ask(() -> node.addCandidate(endpoint.id(), BROWSERS));

        assertThat(ask(() -> node.tags(endpoint.id()))).isEqualTo(tags);
        assertThat(ask(() -> node.endpoints(pipeline))).containsExactly(endpoint.id());
    }

    @Test
    void anEndpointThatIsGoneIsNotAdopted() {
        var endpoint = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        ask(() -> node.release(endpoint.id()));

        refused(
                MediaFailure.Kind.NOT_FOUND,
                () -> node.adopt(pipeline, endpoint.id(), Direction.PUBLISH, new Recorder()));
        refused(MediaFailure.Kind.NOT_FOUND, () -> node.tags(endpoint.id()));
    }

    @Test
    void everythingIsToldOnTheCallersContext() {
        Promise<List<Object>> contexts = Promise.promise();
        var source = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), new Recorder()));
        context.runOnContext(go -> node.offer(pipeline, source.id(), Map.of(), listener)
                .compose(offer -> node.publish(pipeline, offer.sdp(), Map.of(), new Recorder())
                        .compose(endpoint -> node.acceptAnswer(offer.id(), endpoint.answer())))
                .onComplete(done -> contexts.complete(List.of(Vertx.currentContext()))));
        var completedOn = ask(contexts::future);
        await().until(() -> !listener.candidates.isEmpty());

        assertThat(completedOn).containsOnly(context);
        assertThat(listener.contexts).containsOnly(context);
    }

    @Test
    void failuresAreToldOnTheCallersContextToo() {
        Promise<Object> completedOn = Promise.promise();
        context.runOnContext(go -> node.publish("nowhere", Offers.sending(), Map.of(), listener)
                .onComplete(done -> completedOn.complete(Vertx.currentContext())));

        assertThat(ask(completedOn::future)).isSameAs(context);
    }

    @Test
    void whatIsNoOfferIsRefusedAndLeavesNothingBehind() {
        for (var bad : List.of("this is not sdp", "", "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n")) {
            refused(MediaFailure.Kind.BAD_SDP, () -> node.publish(pipeline, bad, Map.of(), listener));
        }
        assertThat(ask(() -> node.endpoints(pipeline))).isEmpty();
        assertThat(listener.candidates).isEmpty();
    }

    @Test
    void aPipelineThatDoesNotExistIsNotFound() {
        refused(
                MediaFailure.Kind.NOT_FOUND,
                () -> node.publish(
                        "11111111-0000-0000-0000-000000000000_kurento.MediaPipeline",
                        Offers.sending(),
                        Map.of(),
                        listener));
    }

    @Test
    void aSourceThatDoesNotExistIsNotFoundAndLeavesNothingBehind() {
        var nobody = pipeline + "/11111111-0000-0000-0000-000000000000_kurento.WebRtcEndpoint";
        refused(MediaFailure.Kind.NOT_FOUND, () -> node.view(pipeline, nobody, Offers.receiving(), Map.of(), listener));
        assertThat(ask(() -> node.endpoints(pipeline))).isEmpty();
    }

    @Test
    void candidatesAreTakenByEndpointsThatExist() {
        var endpoint = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));

        ask(() -> node.addCandidate(endpoint.id(), BROWSERS));
        ask(() -> node.addCandidate(endpoint.id(), new IceCandidate("", "0", 0)));
        refused(
                MediaFailure.Kind.NOT_FOUND,
                () -> node.addCandidate(
                        pipeline + "/11111111-0000-0000-0000-000000000000_kurento.WebRtcEndpoint", BROWSERS));
        refused(MediaFailure.Kind.NOT_FOUND, () -> node.addCandidate("no id at all", BROWSERS));
    }

    @Test
    void releasingAnEndpointLeavesTheOthers() {
        var first = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        var second = ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), new Recorder()));

        ask(() -> node.release(first.id()));

        assertThat(ask(() -> node.endpoints(pipeline))).containsExactly(second.id());
    }

    @Test
    void releasingAPipelineReleasesWhatIsInIt() {
        ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));

        ask(() -> node.release(pipeline));

        assertThat(ask(() -> node.pipelines())).noneMatch(found -> found.id().equals(pipeline));
        assertThat(listener.losses).isEmpty();
    }

    @Test
    void releasingWhatDoesNotExistSucceeds() {
        ask(() -> node.release("11111111-0000-0000-0000-000000000000_kurento.MediaPipeline"));
        ask(() -> node.release(pipeline));
        ask(() -> node.release(pipeline));
    }

    @Test
    void theLoadCountsPipelinesAndEndpoints() {
        var before = ask(() -> node.load());
        ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        ask(() -> node.publish(pipeline, Offers.sending(), Map.of(), listener));
        var after = ask(() -> node.load());

        assertThat(before.pipelines()).isPositive();
        assertThat(after.pipelines()).isEqualTo(before.pipelines());
        assertThat(after.endpoints()).isEqualTo(before.endpoints() + 2);
        assertThat(after.cpuPercent()).isNotNegative();
        assertThat(after.memoryBytes()).isPositive();
    }

    @Test
    void manyEndpointsAtOnceKeepEachToItsListener() {
        var listeners = new CopyOnWriteArrayList<Recorder>();
        var all = ask(() -> Future.all(IntStream.range(0, 20)
                .mapToObj(i -> {
                    var own = new Recorder();
                    listeners.add(own);
                    return node.publish(pipeline, Offers.sending(), Map.of(), own);
                })
                .toList()));

        assertThat(all.<Endpoint>list()).extracting(Endpoint::id).doesNotHaveDuplicates();
        for (int i = 0; i < listeners.size(); i++) {
            awaitCandidates(all.resultAt(i), listeners.get(i));
        }
        await().untilAsserted(() -> assertThat(
                        listeners.stream().map(own -> own.candidates.size()).distinct())
                .hasSize(1));
    }

    /** A relay's are in its answer, Kurento's come one by one. */
    private static void awaitCandidates(Endpoint endpoint, Recorder listener) {
        await().until(() -> endpoint.answer().contains("a=candidate:") || !listener.candidates.isEmpty());
    }

    /** Asks on the test's context and waits. */
    protected final <T> T ask(Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        context.runOnContext(go -> question.get().onComplete(answer));
        return answer.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    protected final void refused(MediaFailure.Kind kind, Supplier<Future<?>> question) {
        assertThatThrownBy(() -> ask(() -> question.get().mapEmpty()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(MediaFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }
}
