package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import dev.grandstand.webrtc.MediaKind;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What every element can do: connections, flow, statistics. */
final class ElementOperations {

    static final OperationTable<ElementObject> TABLE = settings(
                    OperationTable.<ElementObject>builder().extending(ObjectOperations.TABLE))
            .async("connect", ElementOperations::connect)
            .async("disconnect", ElementOperations::disconnect)
            .query("getSourceConnections", ElementOperations::sources)
            .query("getSinkConnections", ElementOperations::sinks)
            .query(
                    "isMediaFlowingIn",
                    (element, arguments) -> Wire.flag(arguments
                            .requiredMediaType()
                            .kind()
                            .map(element::flowingIn)
                            .orElse(false)))
            .query(
                    "isMediaFlowingOut",
                    (element, arguments) -> Wire.flag(arguments
                            .requiredMediaType()
                            .kind()
                            .map(element::flowingOut)
                            .orElse(false)))
            .get("isMediaTranscoding", element -> Wire.flag(false))
            .async("getStats", (element, call) -> element.stats(call.arguments().mediaType()))
            .unsupported("setAudioFormat")
            .unsupported("setVideoFormat")
            .unsupported("getGstreamerDot")
            .unsupported("dumpGstreamerDot")
            .build();

    private ElementOperations() {}

    /** The relay encodes nothing: encoder bitrates are kept and told back. */
    private static OperationTable.Builder<ElementObject> settings(OperationTable.Builder<ElementObject> table) {
        setting(table, "EncoderBitrate", Wire.number(300_000));
        setting(table, "MinEncoderBitrate", Wire.number(0));
        setting(table, "MaxEncoderBitrate", Wire.number(Integer.MAX_VALUE));
        return table;
    }

    /** A getter and a setter for a value that is only kept. */
    static <T extends ElementObject> void setting(OperationTable.Builder<T> table, String name, JsonNode initial) {
        var parameter = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        table.get("get" + name, element -> element.properties().getOrDefault(parameter, initial));
        table.run("set" + name, (element, arguments) -> {
            var value = arguments.any(parameter);
            if (value.getNodeType() != initial.getNodeType()) {
                throw wrongType(parameter, initial.getNodeType());
            }
            element.properties().put(parameter, value);
        });
    }

    private static Refusal wrongType(String parameter, JsonNodeType type) {
        return new Refusal(
                ErrorKind.MARSHALL_ERROR,
                "'" + parameter + "' parameter should be a " + type.name().toLowerCase(Locale.ROOT));
    }

    private static Future<JsonNode> connect(ElementObject source, Call call) {
        var sink = call.element("sink");
        if (!source.pipeline().equals(sink.pipeline())) {
            throw new Refusal(ErrorKind.CONNECT_ERROR, "Media elements do not share pipeline");
        }
        var arguments = call.arguments();
        var sourceDescription = arguments.optionalText("sourceMediaDescription").orElse("default");
        var sinkDescription = arguments.optionalText("sinkMediaDescription").orElse("default");
        var types = arguments.mediaTypes();
        var changed = change(types, kind -> source.media().connect(sink.media(), kind), source);
        types.forEach(type ->
                source.pipeline().links().add(new Links.Link(source, sink, type, sourceDescription, sinkDescription)));
        return changed;
    }

    private static Future<JsonNode> disconnect(ElementObject source, Call call) {
        var sink = call.element("sink");
        var types = call.arguments().mediaTypes();
        var changed = change(types, kind -> source.media().disconnect(sink.media(), kind), source);
        types.forEach(type -> source.pipeline().links().remove(source, sink, type));
        return changed;
    }

    private static Future<JsonNode> change(List<MediaType> types, Consumer<MediaKind> change, ElementObject element) {
        return element.engine()
                .change(() ->
                        types.stream().flatMap(type -> type.kind().stream()).forEach(change))
                .map(done -> Wire.nothing());
    }

    private static JsonNode sources(ElementObject element, Arguments arguments) {
        var types = arguments.mediaTypes();
        return element.pipeline().links().list(link -> link.sink().equals(element) && types.contains(link.type()));
    }

    private static JsonNode sinks(ElementObject element, Arguments arguments) {
        var types = arguments.mediaTypes();
        return element.pipeline().links().list(link -> link.source().equals(element) && types.contains(link.type()));
    }
}
