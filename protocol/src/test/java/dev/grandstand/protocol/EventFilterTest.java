package dev.grandstand.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.grandstand.protocol.room.RoomEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventFilterTest {

    private static final RoomEvent LEFT = new RoomEvent.ParticipantLeft(new ParticipantId("p"), LeaveReason.LEFT, 3);
    private static final RoomEvent CLOSED = new RoomEvent.RoomClosed(CloseReason.EMPTY);

    @Test
    void whatIsNotWantedIsKnownByItsType() {
        var filter = EventFilter.only(RoomEvent.class, RoomEvent.RoomClosed.class);

        assertThat(filter).accepts(json(CLOSED)).rejects(json(LEFT));
    }

    @Test
    void whatIsUnwantedIsKnownByItsType() {
        var filter = EventFilter.without(RoomEvent.class, RoomEvent.RoomClosed.class);

        assertThat(filter).accepts(json(LEFT)).rejects(json(CLOSED));
    }

    @Test
    void whatIsWrittenInAnotherWayHasToBeRead() {
        var filter = EventFilter.only(RoomEvent.class, RoomEvent.RoomClosed.class);

        assertThat(filter)
                .accepts(bytes("{\"event\": {\"type\": \"participantLeft\"}}"))
                .accepts(bytes("{\"event\":{\"participant\":\"p\",\"type\":\"participantLeft\"}}"))
                .accepts(bytes("{\"event\":{\"type\":\"somethingNew\"}}"))
                .accepts(bytes("{\"event\":{\"type\":\"participantLe"))
                .accepts(bytes("{" + " ".repeat(600) + "\"event\":{\"type\":\"participantLeft\"}}"))
                .accepts(bytes(""));
    }

    private static byte[] json(RoomEvent event) {
        return Json.encode(
                new EventRecord<>(new RoomId("r".repeat(64)), CommandId.random(), Instant.now(), event),
                new TypeReference<EventRecord<RoomEvent>>() {});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
