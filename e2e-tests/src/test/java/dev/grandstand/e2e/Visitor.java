package dev.grandstand.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Somebody in front of a page: what they do, and what they see there. Elements are found by their test ids, figures come
 * from the page's own {@code window.grandstand}.
 */
public final class Visitor implements AutoCloseable {

    /** How long anything that must come about may take, on a machine that is busy with other things. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Keeps every connection that the page makes, so that a test can count them. */
    private static final String KEEP_PEERS = """
            window.peers = [];
            window.RTCPeerConnection = class extends window.RTCPeerConnection {
              constructor(...given) { super(...given); window.peers.push(this); }
            };
            """;

    /** Keeps the page's WebSocket, so that a test can break it, and leads new ones nowhere while the network is away. */
    private static final String KEEP_SOCKET = """
            window.WebSocket = class extends window.WebSocket {
              constructor(address) {
                super(window.networkIsAway ? 'ws://127.0.0.1:65535/' : address);
                window.lastSocket = this;
              }
            };
            """;

    private static final String PUBLICATIONS = """
            () => window.grandstand?.client.publications.map(one =>
                `${one.stream} ${one.state} ${one.error?.code ?? ''} ${one.error?.message ?? ''} `
                + `${one.connection?.connectionState} ${one.connection?.iceConnectionState}`)
            """;

    /** What the page says of troubles, to the person in front of it. */
    private static final String NOTES = """
            () => [...document.querySelectorAll('[role=alert], [role=status]')]
                .map(one => one.innerText).filter(text => text)
            """;

    private static final String PIXELS = """
            stream => {
              const video = document.querySelector(`[data-testid="tile"][data-stream="${stream}"] video`);
              const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
              const drawing = canvas.getContext('2d');
              if (video) drawing.drawImage(video, 0, 0, 64, 36);
              return Array.from(drawing.getImageData(0, 0, 64, 36).data);
            }
            """;

    private final BrowserContext context;
    private final Page page;
    private final String name;
    private final List<String> console = new ArrayList<>();

    /** @param context of the visitor's own; closed with it */
    Visitor(BrowserContext context, String name) {
        this.context = context;
        this.name = name;
        context.addInitScript(KEEP_PEERS + KEEP_SOCKET);
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE.toMillis());
        page.onConsoleMessage(
                message -> console.add(message.type() + ": " + message.text() + " at " + message.location()));
        page.onPageError(error -> console.add("uncaught: " + error));
    }

    static ConditionFactory await(String what) {
        // Playwright's objects belong to the thread that made them.
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .pollInSameThread();
    }

    /** The page. */
    public Page page() {
        return page;
    }

    String name() {
        return name;
    }

    /** What the page said on its console, uncaught errors included. */
    public List<String> console() {
        return List.copyOf(console);
    }

    /** What has this test id. */
    public Locator element(String testId) {
        return page.getByTestId(testId);
    }

    void awaitJoined() {
        page.waitForFunction("() => window.grandstand?.client.state === 'joined'");
    }

    void awaitOnAir() {
        page.waitForFunction("() => window.grandstand?.client.publications.some(one => one.state === 'live')");
    }

    void goLive() {
        element("go-live").click();
        element("go-live-confirm").click();
        awaitOnAir();
    }

    /** The stream of the presenter with this name, once it has started. */
    String streamOf(String presenter) {
        return (String) page.waitForFunction("""
                        name => [...(window.grandstand?.client.room?.streams.values() ?? [])]
                            .find(stream => stream.name === name)?.id
                        """, presenter).jsonValue();
    }

    /** Waits until the presenter's picture moves here. */
    void awaitPictureOf(String presenter) {
        page.waitForFunction(
                "stream => window.grandstand.client.views.some(view => view.stream === stream && view.state === 'playing')",
                streamOf(presenter));
    }

    Picture pictureOf(String presenter) {
        return pictureIn(streamOf(presenter));
    }

    @SuppressWarnings("unchecked")
    Picture pictureIn(String stream) {
        return Picture.of((List<Integer>) page.evaluate(PIXELS, stream));
    }

    /** Waits until the presenter's tile shows what that camera films. */
    void awaitSight(String presenter, Camera camera) {
        awaitPictureOf(presenter);
        await(name + " sees " + presenter).until(() -> pictureOf(presenter), picture -> picture.shows(camera));
    }

    /** The first column, of 64, in which the middle of the picture has this colour; -1 without any. */
    @SuppressWarnings("unchecked")
    int columnOf(String stream, Colour colour) {
        var rgba = (List<Integer>) page.evaluate(PIXELS, stream);
        var middle = 18 * 64 * 4;
        for (int x = 0; x < 64; x++) {
            var at = middle + 4 * x;
            if (Colour.nearest(rgba.get(at), rgba.get(at + 1), rgba.get(at + 2)) == colour) {
                return x;
            }
        }
        return -1;
    }

    long framesOf(String presenter) {
        return framesIn(streamOf(presenter));
    }

    long framesIn(String stream) {
        return figure(stream, "framesDecoded").longValue();
    }

    double loudnessOf(String presenter) {
        return figure(streamOf(presenter), "audioLevel").doubleValue();
    }

    /** Waits for so many frames more than now. */
    void awaitFramesOf(String presenter, int more) {
        var stream = streamOf(presenter);
        var now = framesIn(stream);
        await(name + " gets " + more + " frames of " + presenter).until(() -> framesIn(stream) >= now + more);
    }

    /** Lets the show run for so long; a measurement, not a wait for something. */
    void watchFor(Duration time) {
        page.waitForFunction(
                "until => performance.now() >= until",
                ((Number) page.evaluate("() => performance.now()")).doubleValue() + time.toMillis(),
                new Page.WaitForFunctionOptions()
                        .setPollingInterval(100)
                        .setTimeout(time.plus(PATIENCE).toMillis()));
    }

    private Number figure(String stream, String which) {
        return (Number) page.evaluate("""
                async ([stream, which]) =>
                    (await window.grandstand.stats()).find(one => one.stream === stream)?.[which] ?? 0
                """, List.of(stream, which));
    }

    /** How many connections carry media out of this page. */
    int uploads() {
        return count("peer => peer.getSenders().some(sender => sender.track)");
    }

    /** How many connections bring media in. */
    int downloads() {
        return count("peer => peer.getReceivers().some(receiver => !receiver.track.muted)");
    }

    private int count(String ofKind) {
        return ((Number) page.evaluate("() => window.peers.filter(peer => peer.connectionState !== 'closed').filter("
                        + ofKind + ").length"))
                .intValue();
    }

    /** Who is here, by name, as the page lists them. */
    @SuppressWarnings("unchecked")
    List<String> people() {
        return (List<String>) page.evaluate("() => window.grandstand.client.room.people().map(person => person.name)");
    }

    /** By the list of rooms beside the stage. */
    void jumpTo(String room) {
        element("rooms-tab").click();
        page.locator("[data-testid=jump-room][data-room=" + room + "]").click();
    }

    List<String> chat() {
        return element("chat-message").locator("p").allInnerTexts();
    }

    void say(String text) {
        element("chat-input").fill(text);
        element("chat-send").click();
    }

    void awaitChat(String... lines) {
        await(name + " reads " + List.of(lines)).until(this::chat, List.of(lines)::equals);
    }

    void awaitChatSize(int lines) {
        await(name + " reads " + lines + " lines").until(() -> chat().size() == lines);
    }

    /** The network fails, and stays away. */
    void loseNetwork() {
        page.evaluate("() => { window.networkIsAway = true; }");
        breakConnection();
    }

    /** The network fails for a moment; returns when the page has noticed. */
    void breakConnection() {
        page.evaluate("""
                () => new Promise(noticed => {
                  const stop = window.grandstand.client.on('connection', ({ state }) => {
                    if (state === 'reconnecting') { stop(); noticed(); }
                  });
                  window.lastSocket.close(4000, 'broken by a test');
                })
                """);
    }

    /** Remembers when each stream ends, by the clock of the machine. */
    void watchForEnds() {
        page.evaluate("""
                () => {
                  window.ends = {};
                  window.grandstand.client.on('streamStopped', ({ stream }) => { window.ends[stream] = Date.now(); });
                }
                """);
    }

    /** When the stream ended, in epoch milliseconds; waits for it. */
    long endOf(String stream) {
        return ((Number) page.waitForFunction("stream => window.ends[stream]", stream)
                        .jsonValue())
                .longValue();
    }

    /** Whether the page is wider than its window, so that it has to be scrolled sideways. */
    boolean scrollsSideways() {
        return (boolean) page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth");
    }

    /** What is on the page once everything that moves has arrived. */
    void screenshot(Path file) {
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
    }

    /** For a report on a failure: whatever the page knows of itself. */
    Map<String, Object> state() {
        return Map.of(
                "url", page.url(),
                "connection", String.valueOf(page.evaluate("() => window.grandstand?.client.state")),
                "publications", String.valueOf(page.evaluate(PUBLICATIONS)),
                "notes", String.valueOf(page.evaluate(NOTES)),
                "stats", String.valueOf(page.evaluate("() => window.grandstand?.stats()")),
                "console", console());
    }

    boolean isClosed() {
        return page.isClosed();
    }

    @Override
    public void close() {
        context.close();
    }
}
