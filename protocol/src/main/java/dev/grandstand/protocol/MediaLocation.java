package dev.grandstand.protocol;

/**
 * Where a stream's media enters the media plane. Any signaling instance can connect a viewer to it.
 *
 * @param node the media node
 * @param pipeline Kurento id of the pipeline there
 * @param endpoint Kurento id of the publisher's WebRtcEndpoint in that pipeline
 */
public record MediaLocation(NodeRef node, String pipeline, String endpoint) {}
