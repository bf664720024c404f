package dev.grandstand.signaling;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The web client's files, read and compressed once when the process starts: some 200 kB, which a visit to a page asks for
 * in some 80 requests. None of them waits for a disk or a worker thread.
 */
final class PageFiles implements Handler<RoutingContext> {

    private final Map<String, PageFile> files;

    private PageFiles(Map<String, PageFile> files) {
        this.files = Map.copyOf(files);
    }

    /** @param folder on the class path, in a folder or in a jar */
    static PageFiles of(String folder) {
        var found = Optional.ofNullable(PageFiles.class.getClassLoader().getResource(folder))
                .orElseThrow(() -> new IllegalStateException("the class path has no folder " + folder));
        try {
            return of(found.toURI());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PageFiles of(URI folder) throws IOException {
        if (!folder.getScheme().equals("jar")) {
            return new PageFiles(read(Path.of(folder)));
        }
        var jar = Path.of(URI.create(folder.getSchemeSpecificPart().replaceFirst("!/.*", "")));
        try (var inside = FileSystems.newFileSystem(jar)) {
            return new PageFiles(
                    read(inside.getPath(folder.getSchemeSpecificPart().replaceFirst(".*!", ""))));
        }
    }

    private static Map<String, PageFile> read(Path folder) throws IOException {
        var files = new HashMap<String, PageFile>();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var name = "/" + folder.relativize(path).toString().replace('\\', '/');
                files.put(name, PageFile.of(name, Files.readAllBytes(path)));
            }
        }
        return files;
    }

    @Override
    public void handle(RoutingContext request) {
        var path = request.normalizedPath();
        var file = files.get(path.endsWith("/") ? path + "index.html" : path);
        if (file == null) {
            request.next();
        } else {
            file.sendTo(request.request());
        }
    }
}
