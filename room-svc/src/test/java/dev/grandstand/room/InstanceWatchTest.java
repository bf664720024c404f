package dev.grandstand.room;

import static dev.grandstand.room.RoomScenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.InstanceId;
import dev.grandstand.protocol.instance.InstanceBeat;
import org.junit.jupiter.api.Test;

class InstanceWatchTest {

    private static final InstanceId SELF = new InstanceId("room.self");
    private static final InstanceId A = new InstanceId("signaling.a");
    private static final InstanceId B = new InstanceId("signaling.b");

    private final InstanceWatch watch = new InstanceWatch(SELF, 3);

    @Test
    void anInstanceIsLostAfterSomeOfOurBeatsWithoutOneOfIts() {
        watch.heard(beat(A));
        ourBeats(2);
        assertThat(watch.isLost(A)).isFalse();
        ourBeats(1);
        assertThat(watch.isLost(A)).isTrue();
    }

    @Test
    void aBeatBringsPatienceBack() {
        ourBeats(2);
        watch.heard(beat(A));
        ourBeats(2);
        assertThat(watch.isLost(A)).isFalse();
        ourBeats(1);
        assertThat(watch.isLost(A)).isTrue();
        watch.heard(beat(A));
        assertThat(watch.isLost(A)).isFalse();
    }

    @Test
    void oneThatIsNeverHeardIsSilentSinceTheWatchBegan() {
        ourBeats(2);
        assertThat(watch.isLost(B)).isFalse();
        ourBeats(1);
        assertThat(watch.isLost(B)).isTrue();
    }

    @Test
    void nobodyIsLostWhileWeDoNotHearOurselves() {
        watch.heard(beat(A));
        assertThat(watch.isLost(A)).isFalse();
        assertThat(watch.isLost(B)).isFalse();
    }

    private void ourBeats(int count) {
        for (int n = 0; n < count; n++) {
            watch.heard(beat(SELF));
        }
    }

    private static InstanceBeat beat(InstanceId instance) {
        return new InstanceBeat(instance, NOON, 0);
    }
}
