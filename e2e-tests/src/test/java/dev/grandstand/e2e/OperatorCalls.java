package dev.grandstand.e2e;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** What an operator orders of the media plane, as docs/admin-api.yaml describes it. */
final class OperatorCalls implements AutoCloseable {

    /** For {@code GRANDSTAND_ADMIN_TOKEN}. */
    static final String TOKEN = "a token of tests, 32 characters..";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;

    OperatorCalls(int port) {
        api = URI.create("http://127.0.0.1:" + port + "/admin/");
    }

    /** Where the operators' door is. */
    String address() {
        return "http://" + api.getAuthority();
    }

    void drain(String node) {
        ask("POST", "nodes/" + node + "/drain");
    }

    void useAgain(String node) {
        ask("DELETE", "nodes/" + node + "/drain");
    }

    String origin(String room) {
        return ask("GET", "placements/" + room).getString("origin");
    }

    /** The other nodes of a room that it is not leaving. */
    List<String> edges(String room) {
        var shown = ask("GET", "placements/" + room);
        return shown.getJsonArray("sites").stream()
                .map(JsonObject.class::cast)
                .filter(site -> site.containsKey("parent") && !site.getBoolean("leaving"))
                .map(site -> site.getString("node"))
                .toList();
    }

    /** The nodes on which more seats are taken than they have: none, at any time. */
    List<String> overfull() {
        return ask("GET", "nodes").getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(node -> node.getInteger("taken") > node.getInteger("seats"))
                .map(JsonObject::encode)
                .toList();
    }

    private JsonObject ask(String method, String path) {
        var request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        path + " was answered " + response.statusCode() + ": " + response.body());
            }
            return new JsonObject(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("no answer to " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
