package dev.grandstand.relay.media;

/**
 * How much a node carries, as of the last second.
 *
 * @param endpoints peers that there are
 * @param streams what of one kind comes from one of them
 * @param received since the node's start, from all peers that ever were
 * @param sent the same for what was sent to them
 * @param loopDelayNanos the latest that the media thread came to what was due
 */
public record MediaFigures(int endpoints, int streams, Sum received, Sum sent, long loopDelayNanos) {

    /** Of a node that has just started. */
    public static final MediaFigures NONE = new MediaFigures(0, 0, Sum.NOTHING, Sum.NOTHING, 0);

    /**
     * @param packets RTP packets
     * @param bytes of them, with their headers
     * @param lost RTP packets that did not arrive, as receivers say; never less than before
     * @param nacks NACK messages of the receivers (RFC 4585 section 6.2.1)
     * @param keyframeRequests PLI and FIR messages of the receivers (RFC 4585 section 6.3.1, RFC 5104 section 4.3.1)
     */
    public record Sum(long packets, long bytes, long lost, long nacks, long keyframeRequests) {

        static final Sum NOTHING = new Sum(0, 0, 0, 0, 0);

        Sum plus(RtcStats.Inbound track) {
            return plus(new Sum(
                    track.packets(),
                    track.bytes(),
                    Math.max(0, track.packetsLost()),
                    track.nackCount(),
                    track.pliCount() + track.firCount()));
        }

        Sum plus(RtcStats.Outbound track) {
            return plus(new Sum(
                    track.packets(),
                    track.bytes(),
                    Math.max(0, track.packetsLost()),
                    track.nackCount(),
                    track.pliCount() + track.firCount()));
        }

        /** A duplicate that arrives late takes a loss back; a counter must not. */
        Sum notBefore(Sum before) {
            return new Sum(
                    Math.max(packets, before.packets),
                    Math.max(bytes, before.bytes),
                    Math.max(lost, before.lost),
                    Math.max(nacks, before.nacks),
                    Math.max(keyframeRequests, before.keyframeRequests));
        }

        private Sum plus(Sum more) {
            return new Sum(
                    packets + more.packets,
                    bytes + more.bytes,
                    lost + more.lost,
                    nacks + more.nacks,
                    keyframeRequests + more.keyframeRequests);
        }
    }
}
