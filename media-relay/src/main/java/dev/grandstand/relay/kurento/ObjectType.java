package dev.grandstand.relay.kurento;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class of Kurento's object model.
 *
 * @param name without the module
 * @param ancestors from the nearest to {@code MediaObject}, as {@code describe} tells them
 * @param events that can be subscribed to; the names of Kurento 6 are not among them since 7
 */
record ObjectType(String name, List<String> ancestors, Set<String> events) {

    private static final Set<String> OBJECT_EVENTS = Set.of("Error");

    private static final Set<String> ELEMENT_EVENTS = with(
            OBJECT_EVENTS,
            "ElementConnected",
            "ElementDisconnected",
            "MediaFlowInStateChanged",
            "MediaFlowOutStateChanged",
            "MediaTranscodingStateChanged");

    static final ObjectType SERVER_MANAGER = new ObjectType(
            "ServerManager", List.of("MediaObject"), with(OBJECT_EVENTS, "ObjectCreated", "ObjectDestroyed"));

    static final ObjectType MEDIA_PIPELINE = new ObjectType("MediaPipeline", List.of("MediaObject"), OBJECT_EVENTS);

    static final ObjectType PASS_THROUGH =
            new ObjectType("PassThrough", List.of("MediaElement", "MediaObject"), ELEMENT_EVENTS);

    static final ObjectType WEB_RTC_ENDPOINT = new ObjectType(
            "WebRtcEndpoint",
            List.of("BaseRtpEndpoint", "SdpEndpoint", "SessionEndpoint", "Endpoint", "MediaElement", "MediaObject"),
            with(
                    ELEMENT_EVENTS,
                    "MediaSessionStarted",
                    "MediaSessionTerminated",
                    "MediaStateChanged",
                    "ConnectionStateChanged",
                    "IceCandidateFound",
                    "IceGatheringDone",
                    "IceComponentStateChanged",
                    "NewCandidatePairSelected",
                    "DtlsConnectionStateChange",
                    "DataChannelOpened",
                    "DataChannelClosed"));

    /** The name with its module, as in object ids. */
    String qualifiedName() {
        return "kurento." + name;
    }

    List<String> qualifiedAncestors() {
        return ancestors.stream().map(ancestor -> "kurento." + ancestor).toList();
    }

    private static Set<String> with(Set<String> inherited, String... own) {
        return Stream.concat(inherited.stream(), Stream.of(own)).collect(Collectors.toUnmodifiableSet());
    }
}
