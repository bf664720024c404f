package dev.grandstand.loadagent.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grandstand.protocol.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTest {

    private static final byte[] KEYFRAME = {0x10, 1, 2, 3};
    private static final byte[] FRAME = {0x11, 4, 5};
    private static final byte[] OPUS_20_MS = {(byte) 0xF8, 1, 2};

    @TempDir
    Path folder;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private Clip read() throws BadClip, IOException {
        return Clip.read(Files.write(folder.resolve("clip"), content.toByteArray()), 25);
    }

    private void put(String text) {
        content.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void little(int octets, long value) {
        var buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        content.write(buffer.array(), 0, octets);
    }

    // ---- IVF

    private void ivfHeader(String codec) {
        put("DKIF");
        little(2, 0);
        little(2, 32);
        put(codec);
        little(2, 320);
        little(2, 240);
        little(4, 30);
        little(4, 1);
        little(4, 2);
        little(4, 0);
    }

    private void ivfFrame(long time, byte[] data) {
        little(4, data.length);
        little(8, time);
        content.writeBytes(data);
    }

    @Test
    void ivfIsReadWithItsTimes() throws Exception {
        ivfHeader("VP80");
        ivfFrame(30, KEYFRAME);
        ivfFrame(33, FRAME);
        ivfFrame(36, FRAME);

        var clip = read();

        assertThat(clip.pictures()).hasSize(3);
        assertThat(clip.pictures().get(0).keyframe()).isTrue();
        assertThat(clip.pictures().get(1).keyframe()).isFalse();
        assertThat(clip.pictures().get(1).at()).isEqualTo(Duration.ofMillis(100));
        assertThat(clip.pictures().get(2).data()).isEqualTo(FRAME);
        assertThat(clip.pictureLength()).isEqualTo(Duration.ofMillis(300));
        assertThat(clip.sounds()).isEmpty();
    }

    @Test
    void ivfWithAnotherCodecIsRefusedByName() {
        ivfHeader("VP90");
        assertThatThrownBy(this::read).isInstanceOf(BadClip.class).hasMessageContaining("VP90");
    }

    @Test
    void whatEndsInTheMiddleIsRefusedWhereverThatIs() throws Exception {
        ivfHeader("VP80");
        ivfFrame(0, KEYFRAME);
        var whole = content.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            content.reset();
            content.writeBytes(Arrays.copyOf(whole, length));
            assertThatThrownBy(this::read).as("%d octets", length).isInstanceOf(BadClip.class);
        }
    }

    @Test
    void aClipBeginsWithAKeyframe() {
        ivfHeader("VP80");
        ivfFrame(0, FRAME);
        assertThatThrownBy(this::read).hasMessageContaining("keyframe");
    }

    // ---- H.264

    private static final byte[] SPS = {0, 0, 0, 1, 0x67, 0x42, (byte) 0xC0, 0x1F, 1};
    private static final byte[] PPS = {0, 0, 0, 1, 0x68, 1};
    private static final byte[] IDR = {0, 0, 1, 0x65, (byte) 0x88, 1};
    private static final byte[] SECOND_SLICE = {0, 0, 1, 0x65, 0x10, 2};
    private static final byte[] SLICE = {0, 0, 1, 0x41, (byte) 0x9A, 3};

    private static byte[] together(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void aByteStreamIsReadPictureByPicture() throws Exception {
        content.writeBytes(together(SPS, PPS, IDR, SECOND_SLICE, SLICE, SLICE, SPS, PPS, IDR));

        var clip = read();

        assertThat(clip.codec()).isEqualTo(VideoCodec.H264);
        assertThat(clip.pictures().stream().map(Clip.Picture::data))
                .containsExactly(together(SPS, PPS, IDR, SECOND_SLICE), SLICE, SLICE, together(SPS, PPS, IDR));
        assertThat(clip.pictures().stream().map(Clip.Picture::keyframe)).containsExactly(true, false, false, true);
        assertThat(clip.pictures().get(2).at()).isEqualTo(Duration.ofMillis(80));
        assertThat(clip.pictureLength()).isEqualTo(Duration.ofMillis(160));
    }

    @Test
    void ivfWithH264HasItsOwnTimes() throws Exception {
        ivfHeader("H264");
        ivfFrame(0, together(SPS, PPS, IDR));
        ivfFrame(3, SLICE);

        var clip = read();

        assertThat(clip.codec()).isEqualTo(VideoCodec.H264);
        assertThat(clip.pictures().get(1).at()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void anotherProfileThanRoomsAgreeOnIsRefused() {
        var high = SPS.clone();
        high[5] = 100;
        content.writeBytes(together(high, PPS, IDR));

        assertThatThrownBy(this::read).isInstanceOf(BadClip.class).hasMessageContaining("constrained baseline");
    }

    // ---- Ogg

    private void oggPage(int serial, byte[]... packets) {
        put("OggS");
        little(2, 0);
        little(8, 0);
        little(4, serial);
        little(8, 0);
        content.write(packets.length);
        for (var packet : packets) {
            content.write(packet.length);
        }
        for (var packet : packets) {
            content.writeBytes(packet);
        }
    }

    @Test
    void oggWithOpusIsReadThoughPacketsSpanPages() throws Exception {
        oggPage(1, "OpusHead".getBytes(StandardCharsets.US_ASCII));
        oggPage(1, "OpusTags".getBytes(StandardCharsets.US_ASCII));
        var begin = Arrays.copyOf(OPUS_20_MS, 255);
        oggPage(1, OPUS_20_MS, begin);
        oggPage(2, OPUS_20_MS);
        oggPage(1, new byte[45], OPUS_20_MS);

        var clip = read();

        assertThat(clip.pictures()).isEmpty();
        assertThat(clip.sounds()).extracting(sound -> sound.data().length).containsExactly(3, 300, 3);
        assertThat(clip.sounds()).allSatisfy(sound -> assertThat(sound.length()).isEqualTo(Duration.ofMillis(20)));
    }

    @Test
    void oggWithSomethingElseIsRefused() {
        oggPage(1, "\u0001vorbis".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(this::read).hasMessageContaining("no Opus");
    }

    // ---- WebM

    private static byte[] element(String id, byte[]... parts) {
        var data = new ByteArrayOutputStream();
        for (var part : parts) {
            data.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(HexFormat.of().parseHex(id));
        whole.write(0x40 | data.size() >> 8);
        whole.write(data.size());
        whole.writeBytes(data.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] block(int track, int time, byte[] data) {
        return element("A3", new byte[] {(byte) (0x80 | track), (byte) (time >> 8), (byte) time, (byte) 0x80}, data);
    }

    private static byte[] track(int number, String codec) {
        return element(
                "AE",
                element("D7", new byte[] {(byte) number}),
                element("86", codec.getBytes(StandardCharsets.US_ASCII)));
    }

    private static final byte[] EBML = element("1A45DFA3", element("4282", new byte[] {'w', 'e', 'b', 'm'}));

    @Test
    void webmIsReadWithPictureAndSound() throws Exception {
        content.writeBytes(EBML);
        // As a browser's recorder writes it: a segment and a cluster of unknown length.
        content.writeBytes(HexFormat.of().parseHex("1853806701FFFFFFFFFFFFFF"));
        content.writeBytes(element("1654AE6B", track(1, "A_OPUS"), track(2, "V_VP8")));
        content.writeBytes(HexFormat.of().parseHex("1F43B67501FFFFFFFFFFFFFF"));
        content.writeBytes(element("E7", new byte[] {0}));
        content.writeBytes(block(2, 7, KEYFRAME));
        content.writeBytes(block(1, 8, OPUS_20_MS));
        content.writeBytes(block(2, 47, FRAME));

        var clip = read();

        assertThat(clip.pictures()).hasSize(2);
        assertThat(clip.pictures().get(1).at()).isEqualTo(Duration.ofMillis(40));
        assertThat(clip.sounds()).hasSize(1);
    }

    @Test
    void webmWithOtherCodecsIsRefusedByName() {
        content.writeBytes(EBML);
        content.writeBytes(element("18538067", element("1654AE6B", track(1, "V_AV1"))));
        assertThatThrownBy(this::read).hasMessageContaining("V_AV1");
    }

    @Test
    void otherFilesAreRefusedAndMissingOnesNamed() {
        put("RIFF....AVI LIST");
        assertThatThrownBy(this::read).hasMessageContaining("neither IVF nor H.264 nor Ogg nor WebM");
        assertThatThrownBy(() -> Clip.read(folder.resolve("nowhere.ivf"), 25))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nowhere.ivf is not there");
    }
}
