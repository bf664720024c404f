package dev.grandstand.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import java.time.Duration;

/** Remembers when a page showed frames, in whatever elements it shows them, by the clock of the machine. */
public final class FrameWitness {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * A frame counts when the browser hands it to the screen, which a page that is busy is told of only later, and if it
     * is very busy only of the last of several: then it knows how many there were. The first frame of an element that was
     * unseen until then counts when the page lets it be seen.
     */
    private static final String WATCH = """
            () => {
              const known = new WeakSet();
              window.shownAt = [];
              const isSeen = video => video instanceof HTMLVideoElement && getComputedStyle(video).opacity > 0.5;
              const watch = video => {
                known.add(video);
                let before = null;
                const shown = (now, frame) => {
                  // What lies unseen over another one is shown to nobody, nor is what lies beneath one that is seen.
                  if (isSeen(video) && !isSeen(video.nextElementSibling)) {
                    window.shownAt.push({
                      at: performance.timeOrigin + (before ? frame.presentationTime : performance.now()),
                      frames: Math.max(1, frame.presentedFrames - (before ?? frame).presentedFrames),
                    });
                    before = frame;
                  } else {
                    before = null;
                  }
                  video.requestVideoFrameCallback(shown);
                };
                video.requestVideoFrameCallback(shown);
              };
              setInterval(() => {
                for (const video of document.querySelectorAll('video')) if (!known.has(video)) watch(video);
              }, 10);
            }
            """;

    /**
     * The longest time without a frame since then, and how many frames came after it; where the page was told of the last
     * of several only, they count as evenly spread. And the longest time in which the page was told of none.
     */
    private static final String LONGEST = """
            since => {
              const frames = window.shownAt.filter(({ at }) => at >= since - 500).sort((a, b) => a.at - b.at);
              const longest = { gap: 0, end: 0, after: 0, untold: 0 };
              for (let i = 1; i < frames.length; i++) {
                const { at } = frames[i];
                if (at < since) continue;
                const untold = at - frames[i - 1].at;
                const gap = untold / frames[i].frames;
                longest.untold = Math.max(longest.untold, untold);
                if (gap > longest.gap) Object.assign(longest, { gap, end: at - since, after: frames.length - i });
              }
              return longest;
            }
            """;

    /** Shorter than anything that is lost can be back, longer than a busy machine stumbles. */
    private static final int SURELY_A_LOSS_MS = 250;

    private static final String STATE = """
            async () => JSON.stringify([
              window.shownAt.length, Date.now() - window.shownAt.at(-1)?.at, window.grandstand.client.state,
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

    /** The longest time since then in which the page was told of no frame, in milliseconds: it may have been busy. */
    public static double longestUntold(Page page, long sinceMs) {
        return figure(page, sinceMs, "untold");
    }

    private static double figure(Page page, long since, String which) {
        return ((Number) page.evaluate(
                        "([since, which]) => (" + LONGEST.strip() + ")(since)[which]",
                        new Object[] {(double) since, which}))
                .doubleValue();
    }
}
