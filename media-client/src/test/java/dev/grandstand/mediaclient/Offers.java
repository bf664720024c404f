package dev.grandstand.mediaclient;

/** What a browser would offer: one sound, one picture. */
public final class Offers {

    private Offers() {}

    public static String sending() {
        return offer("sendonly", true);
    }

    public static String receiving() {
        return offer("recvonly", false);
    }

    /** The same browser's offer once its network has changed. */
    public static String restarted(String offer) {
        return offer.replace("a=ice-ufrag:Ig8t", "a=ice-ufrag:8tIg")
                .replace("udQKZnQmDIzaw6c9x93s8p3f", "w6c9x93s8p3fudQKZnQmDIza");
    }

    private static String offer(String direction, boolean sends) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- 4611732 2 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE 0 1",
                "a=msid-semantic: WMS",
                section("audio", "0", "111", direction),
                "a=rtpmap:111 opus/48000/2",
                "a=fmtp:111 minptime=10;useinbandfec=1" + (sends ? "\r\na=ssrc:1001 cname:presenter" : ""),
                section("video", "1", "96", direction),
                "a=rtpmap:96 VP8/90000",
                "a=rtcp-fb:96 goog-remb",
                "a=rtcp-fb:96 ccm fir",
                "a=rtcp-fb:96 nack",
                "a=rtcp-fb:96 nack pli" + (sends ? "\r\na=ssrc:1002 cname:presenter" : ""),
                "");
    }

    private static String section(String kind, String mid, String payload, String direction) {
        return String.join(
                "\r\n",
                "m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + payload,
                "c=IN IP4 0.0.0.0",
                "a=rtcp:9 IN IP4 0.0.0.0",
                "a=ice-ufrag:Ig8t",
                "a=ice-pwd:udQKZnQmDIzaw6c9x93s8p3f",
                "a=ice-options:trickle",
                "a=fingerprint:sha-256 45:37:EC:27:67:5A:D1:3A:C3:0B:90:8A:CE:1B:DB:8C:93:D3:48:0C:5F:D8:A4:11:A1:EF:2F:"
                        + "DB:01:02:03:04",
                "a=setup:actpass",
                "a=mid:" + mid,
                "a=" + direction,
                "a=rtcp-mux");
    }
}
