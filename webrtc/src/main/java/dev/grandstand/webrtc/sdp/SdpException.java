package dev.grandstand.webrtc.sdp;

/** A text is no session description, or lacks what WebRTC requires. The message says what, in words for an operator. */
public final class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    public SdpException(String message) {
        super(message);
    }
}
