package dev.grandstand.webrtc.sdp;

import java.util.List;

/** Writes descriptions in the shape that Kurento gives them. */
final class SdpText {

    private final StringBuilder out = new StringBuilder(2_048);

    SdpText session(String sessionName, long sessionId, long version) {
        line("v=0");
        line("o=- " + sessionId + " " + version + " IN IP4 0.0.0.0");
        line("s=" + sessionName);
        line("c=IN IP4 0.0.0.0");
        return line("t=0 0");
    }

    SdpText line(String text) {
        out.append(text).append("\r\n");
        return this;
    }

    SdpText attribute(String text) {
        return line("a=" + text);
    }

    SdpText bundle(List<String> mids) {
        return attribute(mids.isEmpty() ? "group:BUNDLE" : "group:BUNDLE " + String.join(" ", mids));
    }

    SdpText codecs(List<Codec> codecs) {
        codecs.forEach(codec -> attribute("rtpmap:" + codec.rtpmap()));
        return this;
    }

    SdpText feedback(List<Codec> codecs) {
        codecs.forEach(
                codec -> codec.feedback().forEach(value -> attribute("rtcp-fb:" + codec.payloadType() + " " + value)));
        return this;
    }

    SdpText parameters(List<Codec> codecs) {
        codecs.stream()
                .filter(codec -> !codec.parameters().isEmpty())
                .forEach(codec -> attribute("fmtp:" + codec.payloadType() + " " + codec.parameters()));
        return this;
    }

    SdpText transport(LocalTransport transport) {
        attribute("ice-ufrag:" + transport.ice().ufrag());
        attribute("ice-pwd:" + transport.ice().password());
        return attribute("fingerprint:" + transport.fingerprint());
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
