package dev.grandstand.relay.kurento;

import com.fasterxml.jackson.databind.JsonNode;
import dev.grandstand.relay.media.RtcEndpoint;
import dev.grandstand.webrtc.MediaKind;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;

/** A {@code WebRtcEndpoint}. */
final class WebRtcObject extends ElementObject {

    private final RtcEndpoint media;
    private final RtcEvents events;
    private final AnnouncedAddresses nodeAddresses;
    private final InstantSource clock;
    private Optional<MediaSections> sections = Optional.empty();

    WebRtcObject(
            String id,
            PipelineObject pipeline,
            RtcEndpoint media,
            RtcEvents events,
            EngineCalls engine,
            AnnouncedAddresses nodeAddresses,
            InstantSource clock) {
        super(id, ObjectType.WEB_RTC_ENDPOINT, pipeline, engine, clock);
        this.media = media;
        this.events = events;
        this.nodeAddresses = nodeAddresses;
        this.clock = clock;
    }

    @Override
    RtcEndpoint media() {
        return media;
    }

    RtcState state() {
        return events.state();
    }

    String dtlsConnectionId() {
        return events.dtlsConnectionId();
    }

    /** The endpoint's own settings before the node's. */
    AnnouncedAddresses announced() {
        return new AnnouncedAddresses(setting("externalIPv4"), setting("externalIPv6")).or(nodeAddresses);
    }

    private Optional<String> setting(String name) {
        return Optional.ofNullable(properties().get(name))
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    /** The m-sections of the first description that was negotiated, known from then on. */
    Optional<MediaSections> sections() {
        return sections;
    }

    void sections(MediaSections negotiated) {
        sections = Optional.of(negotiated);
    }

    @Override
    boolean flowingIn(MediaKind kind) {
        return state().flowingIn(kind);
    }

    @Override
    boolean flowingOut(MediaKind kind) {
        return state().flowingOut(kind);
    }

    @Override
    Future<JsonNode> stats(Optional<MediaType> type) {
        return engine().call(media::stats).map(stats -> StatsReport.ofEndpoint(id(), stats, type, clock.millis()));
    }

    @Override
    Future<JsonNode> invoke(String operation, Call call) {
        return WebRtcOperations.TABLE.invoke(this, operation, call);
    }
}
