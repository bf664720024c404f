package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which element of a pipeline is connected to which. A sink has one source of each type. */
final class Links {

    /** Elements have one pad of each type, so descriptions choose nothing; they are only told back. */
    record Link(
            ElementObject source,
            ElementObject sink,
            MediaType type,
            String sourceDescription,
            String sinkDescription) {

        private JsonNode toJson() {
            return Wire.struct("ElementConnectionData")
                    .put("source", source.id())
                    .put("sink", sink.id())
                    .put("type", type.name())
                    .put("sourceDescription", sourceDescription)
                    .put("sinkDescription", sinkDescription);
        }
    }

    private record Pad(ElementObject element, MediaType type) {}

    private final Map<Pad, Link> bySink = new LinkedHashMap<>();

    Optional<Link> into(ElementObject sink, MediaType type) {
        return Optional.ofNullable(bySink.get(new Pad(sink, type)));
    }

    /** Connects, in place of what was connected to the sink before. */
    void add(Link link) {
        var previous = bySink.put(new Pad(link.sink(), link.type()), link);
        if (previous != null) {
            if (previous.source().equals(link.source())) {
                return;
            }
            announce("ElementDisconnected", previous);
        }
        announce("ElementConnected", link);
    }

    /** Disconnects if connected. */
    void remove(ElementObject source, ElementObject sink, MediaType type) {
        into(sink, type).filter(link -> link.source().equals(source)).ifPresent(link -> {
            bySink.remove(new Pad(sink, type));
            announce("ElementDisconnected", link);
        });
    }

    void removeAllOf(ElementObject element) {
        List.copyOf(bySink.values()).stream()
                .filter(link -> link.source().equals(element) || link.sink().equals(element))
                .forEach(link -> remove(link.source(), link.sink(), link.type()));
    }

    /** Ordered by the type's name, as Kurento lists them. */
    JsonNode list(Predicate<Link> wanted) {
        var list = Wire.array();
        bySink.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(link -> link.type().name()))
                .forEach(link -> list.add(link.toJson()));
        return list;
    }

    private static void announce(String event, Link link) {
        ObjectNode data = Wire.object()
                .put("type", event)
                .put("mediaType", link.type().name())
                .put("sink", link.sink().id())
                .put("sourceMediaDescription", link.sourceDescription())
                .put("sinkMediaDescription", link.sinkDescription());
        link.source().publish(event, data);
    }
}
