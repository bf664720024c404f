package dev.grandstand.loadagent.report;

import dev.grandstand.loadagent.AudienceFigures;
import dev.grandstand.loadagent.Sample;
import dev.grandstand.loadagent.ViewerFigures;
import dev.grandstand.protocol.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished run.
 *
 * @param rampPerSecond viewers that came each second
 * @param figures of everybody
 * @param each of each viewer
 */
public record RunReport(
        Instant started,
        String room,
        String url,
        int viewers,
        double rampPerSecond,
        int presenters,
        List<Sample> samples,
        AudienceFigures figures,
        List<ViewerFigures> each) {

    public RunReport {
        samples = List.copyOf(samples);
        each = List.copyOf(each);
    }

    /**
     * Writes {@code report.html} and {@code report.json}, in place of earlier ones.
     *
     * @return the page
     */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("report.json"), Json.encode(json()));
        return Files.writeString(folder.resolve("report.html"), new HtmlPage(this).html());
    }

    private Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("started", started.toString());
        json.put("room", room);
        json.put("url", url);
        json.put("viewers", viewers);
        json.put("rampPerSecond", rampPerSecond);
        json.put("presenters", presenters);
        json.put("refusals", figures.refusals());
        json.put("firstPictureMedianMs", millis(figures.firstPicture(50)));
        json.put("firstPictureP99Ms", millis(figures.firstPicture(99)));
        json.put("total", viewer(figures.total()));
        json.put("samples", samples);
        json.put("each", each.stream().map(RunReport::viewer).toList());
        return json;
    }

    /** One viewer's figures as they stand in the report and in the API: times in milliseconds. */
    public static Map<String, Object> viewer(ViewerFigures figures) {
        var json = new LinkedHashMap<String, Object>();
        json.put("streams", figures.streams());
        json.put("packets", figures.packets());
        json.put("bytes", figures.bytes());
        json.put("packetsLost", figures.packetsLost());
        json.put("packetsMissed", figures.repair().missed());
        json.put("packetsRepaired", figures.repair().repaired());
        json.put("nacks", figures.repair().nacks());
        json.put("keyframeRequests", figures.repair().keyframeRequests());
        json.put("framesComplete", figures.frames());
        json.put("framesIncomplete", figures.picture().incomplete());
        json.put("framesDecodable", figures.picture().decoded());
        json.put("keyframes", figures.keyframes());
        json.put("freezes", figures.picture().freezes());
        json.put("frozenMs", millis(figures.picture().frozen()));
        json.put("longestGapMs", millis(figures.picture().longestGap()));
        json.put("jitterMs", millis(figures.jitter()));
        json.put("delayMedianMs", millis(figures.delayMedian()));
        json.put("delayP99Ms", millis(figures.delayP99()));
        json.put("joinedMs", millis(figures.milestones().joined()));
        json.put("connectedMs", millis(figures.milestones().connected()));
        json.put("firstPictureMs", millis(figures.milestones().firstKeyframe()));
        json.put("failures", figures.failures());
        return json;
    }

    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e4) / 100.0;
    }
}
