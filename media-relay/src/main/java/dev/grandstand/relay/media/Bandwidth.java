package dev.grandstand.relay.media;

/**
 * Limits of one endpoint, all in kbit/s, 0 meaning "no limit". "Recv" is what the peer sends to us, "send" what we send to
 * the peer. Publishers are told (REMB) no more than {@code maxVideoRecv}, and for their viewers' sake no less than {@code
 * minVideoRecv}, see {@link ViewersNeed}. The others are kept and reported only: a relay does not transcode, so it cannot
 * send less than it receives.
 */
public record Bandwidth(int maxVideoSend, int minVideoSend, int maxVideoRecv, int minVideoRecv, int maxAudioRecv) {

    /** The defaults of a Kurento {@code WebRtcEndpoint}. */
    public static final Bandwidth DEFAULTS = new Bandwidth(500, 100, 0, 100, 0);

    public Bandwidth withMaxVideoSend(int kbps) {
        return new Bandwidth(kbps, minVideoSend, maxVideoRecv, minVideoRecv, maxAudioRecv);
    }

    public Bandwidth withMinVideoSend(int kbps) {
        return new Bandwidth(maxVideoSend, kbps, maxVideoRecv, minVideoRecv, maxAudioRecv);
    }

    public Bandwidth withMaxVideoRecv(int kbps) {
        return new Bandwidth(maxVideoSend, minVideoSend, kbps, minVideoRecv, maxAudioRecv);
    }

    public Bandwidth withMinVideoRecv(int kbps) {
        return new Bandwidth(maxVideoSend, minVideoSend, maxVideoRecv, kbps, maxAudioRecv);
    }

    public Bandwidth withMaxAudioRecv(int kbps) {
        return new Bandwidth(maxVideoSend, minVideoSend, maxVideoRecv, minVideoRecv, kbps);
    }
}
