package dev.grandstand.loadagent;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an audience has fared so far.
 *
 * @param wanted viewers
 * @param entered who got in
 * @param refusals why others did not, with how many
 * @param total all viewers together; its jitter, its longest gap and its milestones are of no single one of them
 * @param firstPictures of those who have one, shortest first
 */
public record AudienceFigures(
        int wanted, int entered, Map<String, Integer> refusals, ViewerFigures total, List<Duration> firstPictures) {

    public AudienceFigures {
        refusals = Map.copyOf(refusals);
        firstPictures = List.copyOf(firstPictures);
    }

    /** Viewers who did not get in. */
    public int refused() {
        return refusals.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Time to the first complete keyframe; zero if nobody has one. */
    public Duration firstPicture(double percent) {
        int rank = (int) Math.ceil(firstPictures.size() * percent / 100);
        return firstPictures.isEmpty() ? Duration.ZERO : firstPictures.get(Math.max(0, rank - 1));
    }
}
