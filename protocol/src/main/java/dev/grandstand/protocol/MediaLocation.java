package dev.grandstand.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream's media enters the media plane, and as what. Any signaling instance can connect a viewer to it.
 *
 * @param node the media node
 * @param pipeline Kurento id of the pipeline there
 * @param endpoint Kurento id of the publisher's WebRtcEndpoint in that pipeline
 * @param video how its video is coded; absent for VP8
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MediaLocation(
        NodeRef node,
        String pipeline,
        String endpoint,
        @Nullable VideoCodec video) {

    /** One way to say VP8, so that equal places are equal. */
    public MediaLocation {
        video = video == VideoCodec.VP8 ? null : video;
    }

    /** One with VP8. */
    public MediaLocation(NodeRef node, String pipeline, String endpoint) {
        this(node, pipeline, endpoint, null);
    }

    /** How its video is coded. */
    public VideoCodec codec() {
        return video == null ? VideoCodec.VP8 : video;
    }
}
