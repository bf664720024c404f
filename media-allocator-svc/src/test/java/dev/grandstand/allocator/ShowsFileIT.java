package dev.grandstand.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.ShowId;
import dev.grandstand.protocol.scaling.ScheduledShow;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowsFileIT {

    private static final String ENTRY =
            "  - {id: %s, room: main, startsAt: 2026-08-07T20:00:00Z, endsAt: 2026-08-07T22:00:00Z, audience: %s}\n";

    private final Vertx vertx = Vertx.vertx();
    private final List<List<ShowId>> heard = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void itIsReadAgainWhenItChangesAndNotOtherwise() throws Exception {
        var path = folder.resolve("shows.yaml");
        var file = new ShowsFile(vertx, path, this::hear);

        look(file);
        assertThat(heard).as("not there yet").isEmpty();

        Files.writeString(path, "shows:\n" + ENTRY.formatted("a", "5"));
        look(file);
        look(file);
        assertThat(heard).containsExactly(List.of(new ShowId("a")));

        Files.writeString(path, "shows:\n" + ENTRY.formatted("b", "many") + ENTRY.formatted("c", "7"));
        look(file);
        assertThat(heard.getLast()).as("the good one").containsExactly(new ShowId("c"));

        Files.writeString(path, "shows: [");
        look(file);
        assertThat(heard).as("the last good one stands").hasSize(2);
    }

    private static void look(ShowsFile file) throws Exception {
        file.look().await(10, TimeUnit.SECONDS);
    }

    private void hear(List<ScheduledShow> shows) {
        heard.add(shows.stream().map(ScheduledShow::id).toList());
    }
}
