package dev.grandstand.loadagent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.loadagent.AudienceFigures;
import dev.grandstand.loadagent.Milestones;
import dev.grandstand.loadagent.PictureFigures;
import dev.grandstand.loadagent.RepairFigures;
import dev.grandstand.loadagent.Sample;
import dev.grandstand.loadagent.ViewerFigures;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {

    @TempDir
    Path folder;

    private static RunReport report() {
        var picture = new PictureFigures(2, 98, 1, Duration.ofMillis(400), Duration.ofMillis(400));
        var milestones = new Milestones(
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                Duration.ofMillis(30),
                Duration.ofMillis(31),
                Duration.ofMillis(40));
        var viewer = new ViewerFigures(
                1,
                1_000,
                900_000,
                3,
                98,
                1,
                0,
                milestones,
                picture,
                new RepairFigures(10, 7, 9, 1),
                Duration.ofMillis(2),
                Duration.ofMillis(4),
                Duration.ofMillis(9));
        var samples = IntStream.rangeClosed(1, 10)
                .mapToObj(second -> new Sample(second, second, second, 0, 4.5, 20, 0, 0, 0, 2, 4, 9, 12, 90))
                .toList();
        var figures =
                new AudienceFigures(2, 1, Map.of("the room is <full>", 1), viewer, List.of(Duration.ofMillis(40)));
        return new RunReport(Instant.EPOCH, "x", "ws://localhost/ws", 2, 50, 1, samples, figures, List.of(viewer));
    }

    @Test
    void thePageNeedsNothingElseAndSaysWhatPeopleSaidAsText() throws Exception {
        var page = Files.readString(report().write(folder));

        assertThat(page).contains("<svg", "polyline", "1 / 2", "the room is &lt;full>");
        assertThat(page).doesNotContain("http:", "https:", "src=", "href=", "NaN", "Infinity");
    }

    @Test
    void theSameIsThereForMachines() throws Exception {
        report().write(folder);

        var json = new JsonObject(Files.readString(folder.resolve("report.json")));

        assertThat(json.getJsonArray("samples")).hasSize(10);
        var viewer = json.getJsonArray("each").getJsonObject(0);
        assertThat(viewer.getDouble("firstPictureMs")).isEqualTo(40);
        assertThat(viewer.getInteger("framesIncomplete")).isEqualTo(2);
        assertThat(viewer.getInteger("packetsRepaired")).isEqualTo(7);
        assertThat(json.getJsonObject("refusals").getInteger("the room is <full>"))
                .isOne();
    }
}
