package dev.grandstand.e2e;

import com.microsoft.playwright.Browser;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One test's view of the running system: its visitors, who all go home when the test is over, and its own rooms. */
public final class Venue implements AutoCloseable {

    /** The camera of the browser in which those sit who only watch. */
    static final Camera AUDIENCE = Camera.VIOLET;

    private static final AtomicInteger ROOMS = new AtomicInteger();

    private final RunningSystem system;
    private final Browsers browsers;
    private final List<Visitor> visitors = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();

    Venue(RunningSystem system, Browsers browsers) {
        this.system = system;
        this.browsers = browsers;
    }

    RunningSystem system() {
        return system;
    }

    /** The address of a page. */
    public String page(String path) {
        return system.page(path);
    }

    /** A room that no other test uses. */
    public String newRoom(String about) {
        return about + "-" + ROOMS.incrementAndGet();
    }

    /** Somebody who watches. */
    public Visitor viewer(String room, String name) {
        return enter(browsers.with(AUDIENCE), room, name, "view");
    }

    /** Somebody who watches and has this camera, to go live by hand. */
    Visitor enter(String room, String name, Camera camera) {
        return enter(browsers.with(camera), room, name, "view");
    }

    /** Somebody who is on air, with a browser process of its own: Chromium has one camera file for all its pages. */
    Visitor presenter(String room, String name, Camera camera) {
        return onAir(enter(browsers.with(camera), room, name, "live"));
    }

    /** As {@link #presenter}, in a browser that the test may kill. */
    Visitor presenter(String room, String name, BrowserProcess browser) {
        others.add(browser);
        return onAir(enter(browsers.connect(browser), room, name, "live"));
    }

    /** As {@link #viewer}, in a browser that the test may kill. */
    Visitor viewer(String room, String name, BrowserProcess browser) {
        others.add(browser);
        return enter(browsers.connect(browser), room, name, "view");
    }

    private static Visitor onAir(Visitor presenter) {
        presenter.awaitOnAir();
        return presenter;
    }

    private Visitor enter(Browser browser, String room, String name, String auto) {
        var visitor = visitor(browser, name);
        visitor.page()
                .navigate(system.page("/room/%s?name=%s&auto=%s"
                        .formatted(room, URLEncoder.encode(name, StandardCharsets.UTF_8), auto)));
        visitor.awaitJoined();
        return visitor;
    }

    /** Somebody who has not yet opened a page. */
    Visitor visitor(Camera camera, String name) {
        return visitor(browsers.with(camera), name);
    }

    private Visitor visitor(Browser browser, String name) {
        var visitor = new Visitor(browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 800)), name);
        visitors.add(visitor);
        return visitor;
    }

    /** A client that is no browser. */
    public RawSocket socket() {
        var socket = new RawSocket(URI.create("ws://localhost:" + system.httpPort() + "/ws"));
        others.add(socket);
        return socket;
    }

    /** A client that joins and then reads nothing. */
    StalledSocket stalledSocket(String room, String name) {
        var socket = new StalledSocket(system.httpPort(), room, name);
        others.add(socket);
        return socket;
    }

    /** The lobby, in front of somebody. */
    Visitor lobby(Camera camera, String name) {
        var visitor = visitor(camera, name);
        visitor.page().navigate(system.page("/"));
        return visitor;
    }

    /** Everybody whose page is still open. */
    List<Visitor> visitors() {
        return visitors.stream().filter(visitor -> !visitor.isClosed()).toList();
    }

    @Override
    public void close() throws Exception {
        for (var visitor : visitors()) {
            visitor.close();
        }
        for (var other : others) {
            other.close();
        }
    }
}
