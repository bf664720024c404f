package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class H264PayloadsTest {

    private static final byte[] START = {0, 0, 1};
    private static final byte[] DELIMITER = {9, 0x10};
    private static final byte[] SPS = {0x67, 0x42, (byte) 0xC0, 0x1F};
    private static final byte[] PPS = {0x68, 1};
    private static final byte[] IDR = {0x65, (byte) 0x88, 2};
    private static final byte[] TOGETHER = {0x78, 0, 4, 0x67, 0x42, (byte) 0xC0, 0x1F, 0, 2, 0x68, 1};

    private final H264Payloads payloads = new H264Payloads();

    private static byte[] stream(byte[]... units) {
        var out = new ByteArrayOutputStream();
        for (var unit : units) {
            out.writeBytes(START);
            out.writeBytes(unit);
        }
        return out.toByteArray();
    }

    @Test
    void parameterSetsGoTogetherAndWhatFitsAsItIs() {
        assertThat(payloads.of(stream(DELIMITER, SPS, PPS, IDR))).containsExactly(TOGETHER, IDR);
    }

    @Test
    void aKeyframeWithoutParameterSetsGetsTheLastOnes() {
        payloads.of(stream(SPS, PPS, IDR));

        assertThat(payloads.of(stream(IDR))).containsExactly(TOGETHER, IDR);
    }

    @Test
    void whatDoesNotFitIsSentInParts() {
        var slice = new byte[3_000];
        Arrays.fill(slice, (byte) 5);
        slice[0] = 0x41;

        var parts = payloads.of(stream(slice));

        assertThat(parts).hasSize(3).allSatisfy(part -> assertThat(part)
                .hasSizeLessThanOrEqualTo(Payloads.LIMIT)
                .startsWith(0x5C));
        assertThat(parts.stream().map(part -> part[1] & 0xFF)).containsExactly(0x81, 0x01, 0x41);
        var whole = new ByteArrayOutputStream();
        whole.write(0x41);
        parts.forEach(part -> whole.write(part, 2, part.length - 2));
        assertThat(whole.toByteArray()).isEqualTo(slice);
    }
}
