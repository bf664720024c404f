package dev.grandstand.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamMappingTest {

    private static final long MS = 1_000_000;

    private final StreamMapping mapping = new StreamMapping(90_000, 100, 5_000);
    private long now = 1_000 * MS;

    private void send(long sequence, int timestamp, int pictureId) {
        mapping.sent(
                mapping.sequence(sequence), mapping.timestamp(timestamp), mapping.pictureId(pictureId, 15), -1, now);
    }

    @Test
    void anotherSourceGoesOnWhereTheFirstEnded() {
        mapping.begin(70_000, 1_000, 1_000, 0x7FFE, -1, now);
        send(70_000, 1_000, 0x7FFE);
        send(70_001, 4_000, 0x7FFF);
        long lastSequence = mapping.sequence(70_001);
        int lastTimestamp = mapping.timestamp(4_000);
        now += 100 * MS;

        mapping.end();
        mapping.begin(90_500, -77, -77, 12, -1, now);

        assertThat(mapping.sequence(90_500)).isEqualTo(lastSequence + 1);
        assertThat(mapping.timestamp(-77)).isEqualTo(lastTimestamp + 9_000);
        assertThat(mapping.pictureId(12, 15)).isZero();
        assertThat(mapping.covers(90_499)).isFalse();
    }

    @Test
    void theReplayedPastIsPressedTogether() {
        mapping.begin(70_000, 10_000, 100_000, 1, -1, now);

        assertThat(mapping.timestamp(100_000) - mapping.timestamp(10_000)).isEqualTo(90_000 / 16);
        assertThat(mapping.timestamp(103_000) - mapping.timestamp(100_000)).isEqualTo(3_000);
    }

    @Test
    void onlyWhatWasSentOfThePresentSourceCanBeSentAgain() {
        mapping.begin(70_000, 0, 0, -1, -1, now);
        send(70_000, 0, 0);
        send(70_005, 0, 0);

        assertThat(mapping.sourceSequence((int) mapping.sequence(70_003) & 0xFFFF))
                .isEqualTo(70_003);
        assertThat(mapping.sourceSequence((int) mapping.sequence(70_006) & 0xFFFF))
                .isEqualTo(-1);

        mapping.end();
        mapping.begin(80_000, 0, 0, -1, -1, now);
        send(80_000, 0, 0);
        assertThat(mapping.sourceSequence((int) mapping.sequence(80_000) - 1 & 0xFFFF))
                .isEqualTo(-1);
    }

    /** Sources with loss, overtaking and switches: no number is used twice, and the same packet always looks the same. */
    @Test
    void noTwoPacketsShareANumberWhateverHappens() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var stream = new StreamMapping(90_000, random.nextInt(0x4000), random.nextInt());
            Map<Long, String> used = new HashMap<>();
            long lastTimestampOut = 0;
            boolean first = true;
            for (int source = 0; source < 6; source++) {
                long sequence = 0x1_0000L + random.nextInt(100_000);
                int timestamp = random.nextInt();
                stream.end();
                stream.begin(sequence, timestamp, timestamp, -1, -1, now);
                assertThat(first || stream.timestamp(timestamp) - (int) lastTimestampOut > 0)
                        .as("seed %d", seed)
                        .isTrue();
                for (int i = 0; i < 200; i++) {
                    now += random.nextInt(40) * MS;
                    long packet = i == 0 ? sequence : Math.max(sequence, sequence + i - random.nextInt(8));
                    if (random.nextInt(10) > 0 || i == 0) {
                        int packetTimestamp = timestamp + (int) (packet - sequence) * 3_000;
                        long out = stream.sequence(packet);
                        String identity = source + "/" + packet + "/" + stream.timestamp(packetTimestamp);
                        assertThat(used.merge(out, identity, (before, again) -> before))
                                .as("seed %d", seed)
                                .isEqualTo(identity);
                        stream.sent(out, stream.timestamp(packetTimestamp), -1, -1, now);
                        lastTimestampOut = stream.timestamp(packetTimestamp);
                        first = false;
                    }
                }
                lastTimestampOut = used.keySet().stream()
                        .max(Long::compare)
                        .map(used::get)
                        .map(id -> Long.parseLong(id.substring(id.lastIndexOf('/') + 1)))
                        .orElse(0L);
            }
        }
    }
}
