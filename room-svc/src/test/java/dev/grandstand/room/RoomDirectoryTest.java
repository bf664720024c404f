package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.eventlog.Entry;
import dev.grandstand.protocol.DisplayName;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.RoomSummary;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomDirectoryTest {

    private final RoomDirectory directory = new RoomDirectory();

    @Test
    void liveRoomsComeFirstThenTheFullerOnes() {
        put("quiet", false, 9);
        put("small-show", true, 2);
        put("big-show", true, 5);
        put("b-show", true, 2);
        assertThat(ids()).containsExactly("big-show", "b-show", "small-show", "quiet");
        assertThat(directory.participants()).isEqualTo(18);
    }

    @Test
    void aRoomIsShownAsItWasLastSummarizedUntilItCloses() {
        put("show", false, 1);
        assertThat(ids()).containsExactly("show");
        put("show", true, 2);
        assertThat(directory.find("show"))
                .hasValueSatisfying(room -> assertThat(room.audience()).isEqualTo(2));
        directory.changed(new Entry<>("show", null));
        assertThat(ids()).isEmpty();
        assertThat(directory.find("show")).isEmpty();
    }

    @Test
    void theListingHasWhatALobbyShows() {
        put("show", true, 2);
        assertThat(directory.listing().toString())
                .isEqualTo("{\"rooms\":[{\"id\":\"show\",\"title\":\"Title\",\"live\":true,\"presenters\":[\"Ann\"],"
                        + "\"audience\":2,\"openedAt\":\"2026-05-01T12:00:00Z\"}]}");
    }

    private void put(String id, boolean live, int audience) {
        var summary = new RoomSummary(new RoomId(id), "Title", live, List.of(new DisplayName("Ann")), audience, NOON);
        directory.changed(new Entry<>(id, summary));
    }

    private List<String> ids() {
        return new JsonObject(directory.listing())
                .getJsonArray("rooms").stream()
                        .map(room -> ((JsonObject) room).getString("id"))
                        .toList();
    }
}
