package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketCacheTest {

    private static final long MS = 1_000_000;

    private final PacketCache cache = new PacketCache();
    private final SourcePacket found = new SourcePacket();

    private void put(long sequence, int timestamp, boolean keyframe, long now) {
        var packet = new SourcePacket();
        packet.buffer = new byte[] {9, 9, (byte) sequence, 7};
        packet.payloadOffset = 2;
        packet.payloadLength = 2;
        packet.sequence = sequence;
        packet.timestamp = timestamp;
        packet.payloadType = 96;
        packet.marker = true;
        packet.keyframeStart = keyframe;
        cache.put(packet, now);
    }

    @Test
    void givesBackWhatWasPutIn() {
        put(70_000, 5, false, 0);

        assertThat(cache.get(70_000, found)).isTrue();
        assertThat(found.buffer[found.payloadOffset]).isEqualTo((byte) 70_000);
        assertThat(found.payloadLength).isEqualTo(2);
        assertThat(found.timestamp).isEqualTo(5);
        assertThat(found.payloadType).isEqualTo(96);
        assertThat(found.marker).isTrue();
        assertThat(cache.get(70_001, found)).isFalse();
    }

    @Test
    void forgetsTheOldest() {
        for (long i = 0; i < PacketCache.CAPACITY + 10; i++) {
            put(70_000 + i, 0, false, 0);
        }

        assertThat(cache.has(70_009)).isFalse();
        assertThat(cache.has(70_010)).isTrue();
        put(70_000, 0, false, 0);
        assertThat(cache.has(70_000)).isFalse();
    }

    @Test
    void replaysFromARecentKeyframeWithNothingMissing() {
        put(70_000, 1, false, 0);
        assertThat(cache.replayFrom(0)).isEqualTo(-1);
        put(70_001, 2, true, 0);
        put(70_002, 2, false, 0);
        put(70_004, 3, false, 0);
        assertThat(cache.replayFrom(0)).isEqualTo(-1);

        put(70_003, 3, false, 0);

        assertThat(cache.replayFrom(1_500 * MS)).isEqualTo(70_001);
        assertThat(cache.replayFrom(1_501 * MS)).isEqualTo(-1);
    }

    @Test
    void aKeyframeBeginsWithItsFirstPacket() {
        put(70_001, 2, true, 0);
        put(70_000, 2, true, 0);
        put(70_002, 2, true, 0);

        assertThat(cache.replayFrom(0)).isEqualTo(70_000);
    }
}
