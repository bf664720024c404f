package dev.grandstand.loadagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grandstand.protocol.StreamId;
import dev.grandstand.protocol.client.ClientMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstFramesTest {

    private static final StreamId CAMERA = new StreamId("camera");
    private static final StreamId SCREEN = new StreamId("screen");
    private static final Duration JOIN = Duration.ofMillis(40);

    private final FirstFrames frames = new FirstFrames();

    @Test
    void aVisitsFirstFrameTellsHowLongEnteringTook() {
        frames.asked(CAMERA, ms(100));
        frames.asked(SCREEN, ms(110));

        assertThat(frames.shown(SCREEN, ms(310), JOIN).orElseThrow().message(7))
                .isEqualTo(new ClientMessage.FirstFrame(7L, SCREEN, 200, 40L));
        assertThat(frames.shown(CAMERA, ms(320), JOIN).orElseThrow().message(8))
                .isEqualTo(new ClientMessage.FirstFrame(8L, CAMERA, 220, null));
    }

    @Test
    void anotherAttemptIsPartOfTheWaitAndTheQueueIsNot() {
        frames.asked(CAMERA, ms(100));
        frames.asked(CAMERA, ms(600));
        frames.asked(SCREEN, ms(100));
        frames.queued(SCREEN);
        frames.asked(SCREEN, ms(5_000));

        assertThat(frames.shown(CAMERA, ms(700), JOIN).orElseThrow().view()).isEqualTo(Duration.ofMillis(600));
        assertThat(frames.shown(SCREEN, ms(5_100), JOIN).orElseThrow().view()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aStreamThatComesBackIsToldOnceAndOneThatBeginsAnewAgain() {
        frames.asked(CAMERA, ms(100));
        frames.shown(CAMERA, ms(200), JOIN);
        frames.asked(CAMERA, ms(300));
        assertThat(frames.shown(CAMERA, ms(400), JOIN)).isEmpty();

        frames.forget(CAMERA);
        frames.asked(CAMERA, ms(500));
        assertThat(frames.shown(CAMERA, ms(700), JOIN)).isPresent();
    }

    @Test
    void noTimeIsLongerThanTheProtocolAllows() {
        frames.asked(CAMERA, 0);

        assertThat(frames.shown(CAMERA, ms(3_600_000), JOIN).orElseThrow().message(1))
                .isEqualTo(new ClientMessage.FirstFrame(1L, CAMERA, ClientMessage.FirstFrame.MAX_MS, 40L));
    }

    private static long ms(long time) {
        return time * 1_000_000;
    }
}
