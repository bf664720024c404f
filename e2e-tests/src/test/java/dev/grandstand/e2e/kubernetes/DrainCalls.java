package dev.grandstand.e2e.kubernetes;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What the {@code preStop} of a media pod asks. */
final class DrainCalls implements AutoCloseable {

    /** Above the 25 s that an answer may take. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<URI> allocators;

    DrainCalls(List<URI> allocators) {
        this.allocators = List.copyOf(allocators);
    }

    /** Asks one allocator after the other; true if one says that the node is empty. Blocks as long as they do. */
    boolean isEmpty(String pod) throws InterruptedException {
        for (var allocator : allocators) {
            if (ask(allocator.resolve("/drain/" + pod)) == HttpURLConnection.HTTP_OK) {
                return true;
            }
        }
        return false;
    }

    private int ask(URI address) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException unreachable) {
            return HttpURLConnection.HTTP_UNAVAILABLE;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
