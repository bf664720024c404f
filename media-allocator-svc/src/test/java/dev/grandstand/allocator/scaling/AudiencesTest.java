package dev.grandstand.allocator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.allocator.fleet.Fact;
import dev.grandstand.allocator.fleet.Fleet;
import dev.grandstand.protocol.CommandId;
import dev.grandstand.protocol.EventRecord;
import dev.grandstand.protocol.NodeId;
import dev.grandstand.protocol.NodeRef;
import dev.grandstand.protocol.ParticipantId;
import dev.grandstand.protocol.RoomId;
import dev.grandstand.protocol.media.MediaEvent;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ann has a seat on a fixed origin, Bob and Cyd on a scaled edge. */
class AudiencesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final NodeRef ORIGIN = node("origin");
    private static final NodeRef EDGE = node("edge");

    private static final Fleet FLEET = seated(seated(seated(Fleet.EMPTY, "ann", ORIGIN), "bob", EDGE), "cyd", EDGE);

    @Test
    void whoHasASeatOnAScaledNodeAsksForOne() {
        assertThat(Audiences.of(FLEET, Schedule.NONE, Set.of()).seated()).isEqualTo(3);
    }

    @Test
    void whoHasASeatElsewhereAsksForNothing() {
        assertThat(Audiences.of(FLEET, Schedule.NONE, Set.of(ORIGIN.id())).seated())
                .isEqualTo(2);
    }

    private static NodeRef node(String name) {
        return new NodeRef(new NodeId(name), URI.create("ws://" + name + ":8888/kurento"));
    }

    /** Somebody gets a seat in a room of their own. */
    private static Fleet seated(Fleet fleet, String who, NodeRef node) {
        var placed = happened(fleet, who, new MediaEvent.RoomPlaced(node, "pipeline"));
        return happened(placed, who, new MediaEvent.SeatGranted(new ParticipantId(who), node, "pipeline"));
    }

    private static Fleet happened(Fleet fleet, String room, MediaEvent event) {
        return fleet.evolve(new Fact.Published(new EventRecord<>(new RoomId(room), CommandId.random(), NOON, event)));
    }
}
