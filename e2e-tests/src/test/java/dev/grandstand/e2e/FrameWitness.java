package dev.grandstand.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.time.Duration;

/** Remembers when a page showed frames, in whatever elements it shows them, by the clock of the machine. */
public final class FrameWitness {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String WATCH = """
            () => {
              const known = new WeakSet();
              window.shownAt = [];
              const watch = video => {
                known.add(video);
                const shown = () => {
                  // What lies unseen over another one is shown to nobody.
                  if (getComputedStyle(video).opacity > 0.5) window.shownAt.push(Date.now());
                  video.requestVideoFrameCallback(shown);
                };
                video.requestVideoFrameCallback(shown);
              };
              setInterval(() => {
                for (const video of document.querySelectorAll('video')) if (!known.has(video)) watch(video);
              }, 10);
            }
            """;

    /** The longest time without a frame since then, and how many frames came after it. */
    private static final String LONGEST = """
            since => {
              const times = window.shownAt.filter(at => at >= since - 500);
              let longest = { gap: 0, end: 0, after: 0 };
              for (let i = 1; i < times.length; i++) {
                const gap = times[i] - times[i - 1];
                if (times[i] >= since && gap > longest.gap) longest = { gap, end: times[i] - since, after: times.length - i };
              }
              return longest;
            }
            """;

    /** Shorter than anything that is lost can be back, longer than a busy machine stumbles. */
    private static final int SURELY_A_LOSS_MS = 250;

    private static final String STATE = """
            async () => JSON.stringify([
              window.shownAt.length, Date.now() - window.shownAt.at(-1), window.grandstand.client.state,
              await window.grandstand.stats(), window.peers?.map(peer => peer.connectionState),
            ])
            """;

    private static final int POLL_MS = 50;

    private static final int SURELY_BACK_FRAMES = 10;

    private FrameWitness() {}

    /** From now on. */
    public static void watch(Page page) {
        page.evaluate(WATCH);
    }

    /** Waits until the page shows frames again after all were lost then, and says how long that took, in milliseconds. */
    public static double framesAgain(Page page, long lostAtMs) {
        try {
            page.waitForFunction(
                    "([since, loss, back]) => { const found = (" + LONGEST.strip()
                            + ")(since); return found.gap > loss && found.after >= back; }",
                    new Object[] {(double) lostAtMs, SURELY_A_LOSS_MS, SURELY_BACK_FRAMES},
                    new Page.WaitForFunctionOptions()
                            .setTimeout(PATIENCE.toMillis())
                            .setPollingInterval(POLL_MS));
        } catch (TimeoutError e) {
            throw new IllegalStateException("no frames again: " + page.evaluate(STATE), e);
        }
        return figure(page, lostAtMs, "end");
    }

    /** The longest time without a frame since then, in milliseconds. */
    public static double longestGap(Page page, long sinceMs) {
        return figure(page, sinceMs, "gap");
    }

    private static double figure(Page page, long since, String which) {
        return ((Number) page.evaluate(
                        "([since, which]) => (" + LONGEST.strip() + ")(since)[which]",
                        new Object[] {(double) since, which}))
                .doubleValue();
    }
}
