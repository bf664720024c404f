package dev.grandstand.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.loadagent.LoadAgent;
import dev.grandstand.loadagent.PictureShape;
import dev.grandstand.loadagent.Programme;
import dev.grandstand.loadagent.Ticket;
import dev.grandstand.loadagent.clip.Clip;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A room whose video is H.264: a file and a browser's camera in it, watched by a browser and by an agent. */
@ExtendWith(InGrandstand.class)
class H264RoomIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Two seconds of a square that crosses the picture, as a bare byte stream in base64. */
    private static final String ENCODED = """
            async () => {
              const canvas = new OffscreenCanvas(320, 240);
              const pen = canvas.getContext('2d');
              const chunks = [];
              const encoder = new VideoEncoder({
                output: (chunk) => { const data = new Uint8Array(chunk.byteLength); chunk.copyTo(data); chunks.push(data); },
                error: (failure) => console.error(failure),
              });
              encoder.configure({ codec: 'avc1.42e01f', width: 320, height: 240, framerate: 20, bitrate: 300_000,
                latencyMode: 'realtime', avc: { format: 'annexb' } });
              for (let i = 0; i < 40; i++) {
                pen.fillStyle = 'navy';
                pen.fillRect(0, 0, 320, 240);
                pen.fillStyle = 'white';
                pen.fillRect(i * 7, 100, 40, 40);
                const frame = new VideoFrame(canvas, { timestamp: i * 50_000 });
                encoder.encode(frame, { keyFrame: i % 20 === 0 });
                frame.close();
              }
              await encoder.flush();
              return btoa(chunks.map((chunk) => String.fromCharCode(...chunk)).join(''));
            }
            """;

    private static final String CODECS = "async () => (await window.grandstand.stats()).map((one) => one.codec)";

    @TempDir
    Path folder;

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aFileAndACameraAreSeenByBrowsersAndAgents(Venue venue) throws Exception {
        var room = venue.newRoom("h264");
        var url = URI.create(venue.page("/ws").replace("http", "ws"));
        var encoder = venue.visitor(Camera.RED, "Encoder");
        encoder.page().navigate(venue.page("/"));
        var file = Files.write(folder.resolve("clip.h264"), Base64.getDecoder().decode((String)
                encoder.page().evaluate(ENCODED)));
        var programme = new Programme(PictureShape.SMALL, Clip.read(file, 20));
        var vertx = Vertx.vertx();
        try (var agent = LoadAgent.on(vertx)) {
            get(agent.publish(new Ticket(url, new RoomId(room), new DisplayName("Ann"), null), programme));
            var bob = venue.presenter(room, "Bob", Camera.GREEN);
            var vera = venue.viewer(room, "Vera");
            var counting = get(agent.view(url, new RoomId(room), new DisplayName("Victor")));

            vera.awaitFramesOf("Ann", 40);
            vera.awaitSight("Bob", Camera.GREEN);
            bob.awaitFramesOf("Ann", 20);
            assertThat(vera.page().evaluate(CODECS)).asList().containsExactly("H264", "H264");
            await().atMost(PATIENCE)
                    .until(() -> counting.figures().picture().decoded() > 100
                            && counting.figures().streams() == 2);
            assertThat(counting.figures().keyframes()).isGreaterThanOrEqualTo(2);
            assertThat(counting.figures().picture().incomplete()).isZero();
        } finally {
            get(vertx.close());
        }
    }

    @Test
    void whoOpensARoomInTheLobbySaysHowItsVideoIsCoded(Venue venue) {
        var ann = venue.lobby(Camera.RED, "Ann");
        ann.element("name-field").fill("Ann");
        ann.element("room-title-field").fill(venue.newRoom("chosen"));
        ann.element("video-select").selectOption("h264");
        ann.element("create-room").click();
        ann.awaitJoined();

        ann.goLive();

        await().atMost(PATIENCE).until(() -> List.of("H264").equals(ann.page().evaluate(CODECS)));
        assertThat(ann.page().url()).doesNotContain("?");
    }

    @Test
    void whoLacksTheRoomsCodecIsToldSo(Venue venue) throws Exception {
        var room = venue.newRoom("h264-only");
        var socket = venue.socket();
        socket.send("""
                {"type":"join","id":1,"room":"%s","name":"Ann","video":"h264"}""".formatted(room));
        assertThat(socket.reply(1).at("/room/video").asText()).isEqualTo("h264");

        socket.send("""
                {"type":"publish","id":2,"stream":"s","kind":"camera",\
                "sdp":"v=0\\r\\nm=video 9 UDP/TLS/RTP/SAVPF 96\\r\\na=rtpmap:96 VP8/90000\\r\\n"}""");

        assertThat(socket.reply(2).path("code").asText()).isEqualTo("wrong-codec");
    }
}
