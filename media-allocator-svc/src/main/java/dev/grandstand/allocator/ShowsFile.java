package dev.grandstand.allocator;

import dev.grandstand.protocol.BadValue;
import dev.grandstand.protocol.scaling.ScheduledShow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announced shows in a file, a mounted ConfigMap for instance, that is read again when it changes. What is wrong with it is said
 * once in the log; what is right with it counts. While it cannot be read at all, what it said last counts.
 */
final class ShowsFile {

    private static final Logger LOG = LoggerFactory.getLogger(ShowsFile.class);

    private final Vertx vertx;
    private final Path path;
    private final Consumer<List<ScheduledShow>> changed;
    private @Nullable Buffer last;
    private @Nullable String trouble;

    /** @param changed hears of all good shows, on the context of whoever looks */
    ShowsFile(Vertx vertx, Path path, Consumer<List<ScheduledShow>> changed) {
        this.vertx = vertx;
        this.path = path;
        this.changed = changed;
    }

    /** Completes when what the file says now has been heard; never fails. */
    Future<Void> look() {
        return vertx.fileSystem()
                .readFile(path.toString())
                .onSuccess(this::read)
                .onFailure(e -> troubled(String.valueOf(e.getMessage())))
                .otherwiseEmpty()
                .mapEmpty();
    }

    private void read(Buffer content) {
        if (content.equals(last)) {
            return;
        }
        last = content;
        try {
            var parsed = ShowsText.parsed(content.toString(StandardCharsets.UTF_8));
            trouble = null;
            parsed.faults().forEach(this::log);
            changed.accept(parsed.shows());
            LOG.atInfo()
                    .addKeyValue("file", path)
                    .addKeyValue("shows", parsed.shows().size())
                    .log("announced shows read");
        } catch (BadValue e) {
            troubled(String.valueOf(e.getMessage()));
        }
    }

    /** The file is looked at again and again; what is wrong with it is no news. */
    private void troubled(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            log(why);
        }
    }

    private void log(String fault) {
        LOG.atError().addKeyValue("file", path).addKeyValue("fault", fault).log("announced shows are bad");
    }
}
