package dev.grandstand.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators order, as people's pages show it. */
@ExtendWith(InGrandstand.class)
class OperatorsIT {

    @Test
    void aNoticeIsSeenByEverybodyAndWhoIsShownOutIsToldSo(Venue venue) throws Exception {
        var room = venue.newRoom("operated");
        var ann = venue.viewer(room, "Ann");
        var vera = venue.viewer(room, "Vera");
        var id = (String) vera.page().evaluate("() => window.grandstand.client.room.you.id");

        assertEquals(200, call(venue, "POST", "/admin/rooms/" + room + "/notices", "{\"text\":\"Back <b>soon</b>\"}"));

        assertThat(ann.element("notice-text")).hasText("Back <b>soon</b>");
        assertThat(vera.element("notice-text")).hasText("Back <b>soon</b>");

        assertEquals(204, call(venue, "DELETE", "/admin/rooms/" + room + "/participants/" + id, ""));

        assertThat(vera.page().getByText("You were shown out")).isVisible();
        Visitor.await("Ann to be alone").until(() -> ann.people().size() == 1);
    }

    private static int call(Venue venue, String method, String path, String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + venue.system().adminPort() + path))
                    .header("Authorization", "Bearer " + RunningSystem.ADMIN_TOKEN)
                    .timeout(Duration.ofSeconds(30))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
