package dev.grandstand.e2e.images;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a container engine makes of an image: its layers over each other in one folder, and how to run what is there.
 *
 * @param root the file system, as the image's owners and modes say if this is root, otherwise all of it one's own
 * @param config {@code config} of the image's JSON (OCI image specification, "OCI Image Configuration")
 * @param document the whole of that JSON
 */
record UnpackedImage(Path root, JsonObject config, JsonObject document) {

    /** Unpacks into {@code folder}, which must be new. */
    static UnpackedImage of(Path tar, Path folder) throws Exception {
        var parts = Files.createDirectories(folder.resolve("parts"));
        var root = Files.createDirectories(folder.resolve("root"));
        Commands.run("tar", "-C", parts.toString(), "-xf", tar.toString());
        var manifest = new JsonArray(Files.readString(parts.resolve("manifest.json"))).getJsonObject(0);
        for (var layer : manifest.getJsonArray("Layers")) {
            var file = parts.resolve((String) layer);
            Commands.run("tar", "-C", root.toString(), "-xzpf", file.toString(), "--warning=no-unknown-keyword");
            Files.delete(file);
        }
        var document = new JsonObject(Files.readString(parts.resolve(manifest.getString("Config"))));
        return new UnpackedImage(root, document.getJsonObject("config"), document);
    }

    List<String> strings(String key) {
        return config.getJsonArray(key).stream().map(String.class::cast).toList();
    }

    /** Every file and folder in it, no link. */
    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !Files.isSymbolicLink(path)).toList();
        }
    }

    String within(Path path) {
        return "/" + root.relativize(path);
    }
}
