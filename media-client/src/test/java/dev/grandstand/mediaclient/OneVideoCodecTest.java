package dev.grandstand.mediaclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.VideoCodec;
import org.junit.jupiter.api.Test;

class OneVideoCodecTest {

    private static final String OFFER = String.join(
                    "\r\n",
                    "v=0",
                    "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                    "a=rtpmap:111 opus/48000/2",
                    "m=video 9 UDP/TLS/RTP/SAVPF 45 96 97 102 103 104 105",
                    "a=mid:video0",
                    "a=rtpmap:45 AV1/90000",
                    "a=rtcp-fb:45 nack",
                    "a=rtpmap:96 VP8/90000",
                    "a=rtcp-fb:96 nack pli",
                    "a=rtpmap:97 rtx/90000",
                    "a=fmtp:97 apt=96",
                    "a=rtpmap:102 H264/90000",
                    "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
                    "a=rtpmap:103 H264/90000",
                    "a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f",
                    "a=rtpmap:104 H264/90000",
                    "a=fmtp:104 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
                    "a=rtpmap:105 rtx/90000",
                    "a=fmtp:105 apt=104",
                    "a=sendonly")
            + "\r\n";

    @Test
    void otherCodecsLeaveWithAllThatIsSaidOfThem() {
        assertThat(OneVideoCodec.of(VideoCodec.VP8).only(OFFER).orElseThrow().split("\r\n"))
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
    void h264IsKeptInTheFormThatEverybodyHas() {
        assertThat(OneVideoCodec.of(VideoCodec.H264).only(OFFER).orElseThrow())
                .contains("m=video 9 UDP/TLS/RTP/SAVPF 104 105\r\n", "a=fmtp:105 apt=104\r\n")
                .doesNotContain("VP8", "AV1", "apt=96", "42001f", "packetization-mode=0");
    }

    @Test
    void videoWithoutTheCodecCannotBeKeptToIt() {
        assertThat(OneVideoCodec.of(VideoCodec.VP8).only(OFFER.replace("VP8", "VP9")))
                .isEmpty();
        assertThat(OneVideoCodec.of(VideoCodec.H264).only(OFFER.replace("42e01f", "64001f")))
                .isEmpty();
    }

    @Test
    void whereThereIsNoVideoAllStaysAsItIs() {
        var sound = OFFER.substring(0, OFFER.indexOf("m=video"));

        assertThat(OneVideoCodec.of(VideoCodec.H264).only(sound)).contains(sound);
    }
}
