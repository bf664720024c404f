package dev.grandstand.mediaclient.kurento;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneVideoCodecTest {

    private static final String OFFER = String.join(
                    "\r\n",
                    "v=0",
                    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                    "a=rtpmap:111 opus/48000/2",
                    "m=video 9 UDP/TLS/RTP/SAVPF 45 96 97 104 105",
                    "a=mid:video0",
                    "a=rtpmap:45 AV1/90000",
                    "a=rtcp-fb:45 nack",
                    "a=rtpmap:96 VP8/90000",
                    "a=rtcp-fb:96 nack pli",
                    "a=rtpmap:97 rtx/90000",
                    "a=fmtp:97 apt=96",
                    "a=rtpmap:104 H264/90000",
                    "a=fmtp:104 packetization-mode=1",
                    "a=rtpmap:105 rtx/90000",
                    "a=fmtp:105 apt=104",
                    "a=sendonly")
            + "\r\n";

    @Test
    void otherCodecsLeaveWithAllThatIsSaidOfThem() {
        assertThat(OneVideoCodec.VP8.only(OFFER).split("\r\n"))
                .containsExactly(
                        "v=0",
                        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                        "a=rtpmap:111 opus/48000/2",
                        "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
                        "a=mid:video0",
                        "a=rtpmap:96 VP8/90000",
                        "a=rtcp-fb:96 nack pli",
                        "a=rtpmap:97 rtx/90000",
                        "a=fmtp:97 apt=96",
                        "a=sendonly");
    }

    @Test
    void theOtherCodecIsKeptAsWell() {
        assertThat(new OneVideoCodec("H264").only(OFFER))
                .contains("m=video 9 UDP/TLS/RTP/SAVPF 104 105\r\n", "a=fmtp:105 apt=104\r\n")
                .doesNotContain("VP8", "AV1", "apt=96");
    }

    @Test
    void aSectionWithoutTheCodecIsLeftForOthersToRefuse() {
        var none = OFFER.replace("VP8", "VP9");

        assertThat(OneVideoCodec.VP8.only(none)).isEqualTo(none);
    }
}
