package dev.grandstand.e2e.faults;

/** Offers that a media node makes endpoints for, though nobody will ever connect to them. */
final class Offer {

    static final String SENDING = offer("sendonly") + "a=ssrc:1002 cname:presenter\r\n";
    static final String RECEIVING = offer("recvonly");

    private Offer() {}

    private static String offer(String direction) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 4611732 2 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE 0",
                "m=video 9 UDP/TLS/RTP/SAVPF 96",
                "c=IN IP4 0.0.0.0",
                "a=rtcp:9 IN IP4 0.0.0.0",
                "a=ice-ufrag:Ig8t",
                "a=ice-pwd:udQKZnQmDIzaw6c9x93s8p3f",
                "a=ice-options:trickle",
                "a=fingerprint:sha-256 45:37:EC:27:67:5A:D1:3A:C3:0B:90:8A:CE:1B:DB:8C:93:D3:48:0C:5F:D8:A4:11:A1:EF:2F:"
                        + "DB:01:02:03:04",
                "a=setup:actpass",
                "a=mid:0",
                "a=" + direction,
                "a=rtcp-mux",
                "a=rtpmap:96 VP8/90000",
                "a=rtcp-fb:96 nack",
                "a=rtcp-fb:96 nack pli",
                "");
    }
}
