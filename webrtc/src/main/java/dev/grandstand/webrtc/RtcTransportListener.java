package dev.grandstand.webrtc;

/** Told what happens to one {@link RtcTransport}; all calls come on the loop thread. */
public interface RtcTransportListener {

    void iceState(IceState state);

    /** Which pair carries data now; both are candidate attributes. */
    void candidatePairSelected(String local, String remote);

    void dtlsState(DtlsState state);

    /** An authentic RTP packet. The bytes may be changed, and are valid during the call only. */
    void rtp(byte[] buffer, int offset, int length);

    /** An authentic RTCP compound packet. The bytes are valid during the call only. */
    void rtcp(byte[] buffer, int offset, int length);
}
