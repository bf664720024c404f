package dev.grandstand.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264Test {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sequence parameter set, 6742, true",
        "IDR slice, 6588, true",
        "other slice, 4188, false",
        "aggregate with a parameter set, 78 0003 674200 0002 68ce, true",
        "aggregate without, 78 0002 68ce 0002 4188, false",
        "aggregate that lies about its length, 78 00ff 6742, false",
        "first fragment of an IDR slice, 7c 85 aa, true",
        "later fragment, 7c 05 aa, false",
        "first fragment of another slice, 7c 81 aa, false",
        "cut short, 7c, false"
    })
    void tellsWhereADecoderCanBegin(String name, String hex, boolean keyframe) {
        byte[] payload = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(H264.keyframeStart(payload, 0, payload.length)).isEqualTo(keyframe);
    }
}
