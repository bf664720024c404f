package dev.grandstand.e2e.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.e2e.InGrandstand;
import dev.grandstand.e2e.RawSocket;
import dev.grandstand.e2e.Venue;
import dev.grandstand.e2e.Visitor;
import dev.grandstand.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names, titles and messages are text in a real browser, whatever they look like. */
@ExtendWith(InGrandstand.class)
class MarkupIT {

    private static final String NAME = "<img src=x onerror=window.pwned=1>";
    private static final String TITLE = "<script>window.pwned=1</script>\"><b class=pwned>";

    /** As many as somebody may say in a second. */
    private static final List<String> MESSAGES = List.of(
            "<script>window.pwned=1</script>",
            "<img src=x onerror=\"window.pwned=1\"><iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
            "\"><svg onload=window.pwned=1><b class=pwned>",
            "javascript:window.pwned=1 https://example.org/\"onmouseover=\"window.pwned=1",
            "&lt;b class=pwned&gt; ${window.pwned=1} {{constructor.constructor('window.pwned=1')()}}");

    /** What none of it may have become. */
    private static final String CREATED = """
            () => [...document.querySelectorAll('*')].filter(element =>
                element.matches('.pwned, iframe, object, embed, img[src="x"], a:not([href^="http"]):not([href^="/"])[href*=":"]')
                || [...element.attributes].some(({ name }) => name.startsWith('on'))).map(element => element.outerHTML)
            """;

    @Test
    void whatSomebodyWritesCreatesNoElementAndRunsNowhere(Venue venue) {
        var room = venue.newRoom("markup");
        var eve = venue.socket();
        ask(eve, 1, Map.of("type", "join", "room", room, "name", NAME, "title", TITLE, "role", "moderator"), "joined");
        var vera = venue.viewer(room, "Vera");
        var dialogs = new ArrayList<String>();
        vera.page().onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        var scripts = scripts(vera);

        var id = 2;
        for (var text : MESSAGES) {
            ask(eve, id++, Map.of("type", "chat", "text", text), "chatSent");
        }
        ask(eve, id++, Map.of("type", "raiseHand", "raised", true), "ok");
        ask(
                eve,
                id++,
                Map.of(
                        "type",
                        "pinMessage",
                        "message",
                        eve.reply(4).path("message").asText()),
                "ok");

        for (var text : MESSAGES) {
            awaitText(vera, "chat-messages", text);
        }
        awaitText(vera, "chat-messages", NAME);
        awaitText(vera, "room-title", TITLE);
        awaitText(vera, "pinned", MESSAGES.get(2));
        vera.element("people-tab").click();
        vera.page().waitForFunction("name => document.querySelector('#pane-people').textContent.includes(name)", NAME);
        assertThat(vera.page().evaluate(CREATED)).isEqualTo(List.of());
        assertThat(scripts(vera)).isEqualTo(scripts);
        assertUnharmed(vera, dialogs);

        vera.page().navigate(venue.page("/"));
        vera.page().waitForFunction("title => document.body.textContent.includes(title)", TITLE);
        assertThat(vera.page().evaluate(CREATED)).isEqualTo(List.of());
        assertUnharmed(vera, dialogs);
    }

    private static void assertUnharmed(Visitor visitor, List<String> dialogs) {
        assertThat(visitor.page().evaluate("() => String(window.pwned)")).isEqualTo("undefined");
        assertThat(dialogs).isEmpty();
        assertThat(visitor.console()).noneMatch(line -> line.startsWith("uncaught"));
    }

    private static Object scripts(Visitor visitor) {
        return visitor.page().evaluate("() => document.scripts.length");
    }

    private static void awaitText(Visitor visitor, String testId, String text) {
        visitor.page()
                .waitForFunction(
                        "([id, text]) => document.querySelector(`[data-testid=\"${id}\"]`).textContent.includes(text)",
                        List.of(testId, text));
    }

    private static void ask(RawSocket socket, int id, Map<String, Object> message, String answer) {
        var frame = new java.util.HashMap<>(message);
        frame.put("id", id);
        socket.send(Json.encodeToString(frame));
        assertThat(socket.reply(id).path("type").asText()).isEqualTo(answer);
    }
}
