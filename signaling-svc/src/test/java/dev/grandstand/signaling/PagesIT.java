package dev.grandstand.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesIT {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        var router = Router.router(vertx);
        router.get().handler(PageFiles.of("webroot"));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void everyFileHasItsType() throws Exception {
        assertThat(typeOf("/")).isEqualTo("text/html;charset=UTF-8");
        assertThat(typeOf("/sdk/grandstand-client.js"))
                .isIn("text/javascript;charset=UTF-8", "application/javascript;charset=UTF-8");
        assertThat(typeOf("/css/base.css")).isEqualTo("text/css;charset=UTF-8");
        assertThat(typeOf("/icons.svg")).isEqualTo("image/svg+xml;charset=UTF-8");
    }

    @Test
    void whoHasAFileAlreadyIsSentNothing() throws Exception {
        var first = get("/icons.svg", "Accept", "*/*");
        var etag = first.headers().firstValue("ETag").orElseThrow();

        var again = get("/icons.svg", "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(get("/icons.svg", "If-None-Match", "\"another\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoUnderstandsGzipGetsTheSameInLess() throws Exception {
        var plain = get("/room.html", "Accept-Encoding", "identity");
        var small = get("/room.html", "Accept-Encoding", "gzip, br");

        assertThat(small.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(small.body().length).isLessThan(plain.body().length / 2);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void whatIsNoPageIsNotFound() throws Exception {
        for (var path : new String[] {"/nothing.js", "/css/", "/../secret", "/%2e%2e/%2e%2e/etc/passwd", "/sdk"}) {
            assertThat(get(path, "Accept", "*/*").statusCode()).as(path).isEqualTo(404);
        }
    }

    private String typeOf(String path) throws Exception {
        return get(path, "Accept", "*/*").headers().firstValue("Content-Type").orElseThrow();
    }

    private HttpResponse<byte[]> get(String path, String header, String value) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header(header, value)
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
