package dev.grandstand.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.grandstand.webrtc.rtp.Rtp;
import dev.grandstand.webrtc.sdp.Direction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two clients connect over the loopback interface and send each other packets. */
class RtcPeerIT {

    private final RtcNode left = RtcNode.open(0, true);
    private final RtcNode right = RtcNode.open(0, true);

    /** Remembers what happened to a peer. */
    private static final class Recorder implements RtcPeerListener {
        final AtomicBoolean connected = new AtomicBoolean();
        final AtomicBoolean disconnected = new AtomicBoolean();
        final AtomicLong allowed = new AtomicLong();
        final AtomicInteger keyframeRequests = new AtomicInteger();
        final List<byte[]> payloads = new CopyOnWriteArrayList<>();

        @Override
        public void connected() {
            connected.set(true);
        }

        @Override
        public void disconnected() {
            disconnected.set(true);
        }

        @Override
        public void rtp(MediaKind kind, byte[] buffer, int offset, int length) {
            payloads.add(Arrays.copyOfRange(buffer, offset + Rtp.FIXED_HEADER, offset + length));
        }

        @Override
        public void bandwidthEstimated(long bitsPerSecond) {
            allowed.set(bitsPerSecond);
        }

        @Override
        public void keyframeRequested() {
            keyframeRequests.incrementAndGet();
        }
    }

    private final Recorder atLeft = new Recorder();
    private final Recorder atRight = new Recorder();

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private static void exchange(RtcPeer offerer, RtcPeer answerer, Direction direction) throws Exception {
        String offer = offerer.offer(Optional.of(direction), Optional.of(direction));
        offerer.acceptAnswer(answerer.answer(offer));
        offerer.candidates().forEach(answerer::addCandidate);
        answerer.candidates().forEach(offerer::addCandidate);
    }

    private void awaitBothConnected() {
        await().atMost(Duration.ofSeconds(10)).untilTrue(atLeft.connected);
        await().atMost(Duration.ofSeconds(10)).untilTrue(atRight.connected);
    }

    @Test
    void whatOneSendsTheOtherReceives() throws Exception {
        try (var sender = new RtcPeer(left, atLeft);
                var receiver = new RtcPeer(right, atRight)) {
            exchange(sender, receiver, Direction.SENDONLY);
            awaitBothConnected();
            int type = sender.codec(MediaKind.AUDIO, "opus").orElseThrow().payloadType();

            for (int i = 0; i < 50; i++) {
                sender.send(MediaKind.AUDIO, type, new byte[] {1, 2, 3, (byte) i}, 960 * i, true);
            }

            await().atMost(Duration.ofSeconds(5)).until(() -> atRight.payloads.size() == 50);
            for (int i = 0; i < 50; i++) {
                assertThat(atRight.payloads.get(i)).containsExactly(1, 2, 3, i);
            }
            assertThat(receiver.stats().received().get(MediaKind.AUDIO).packets())
                    .isEqualTo(50);
            assertThat(sender.stats().sent().get(MediaKind.AUDIO).packets()).isEqualTo(50);
        }
    }

    @Test
    void aKeyframeRequestReachesTheSender() throws Exception {
        try (var sender = new RtcPeer(left, atLeft);
                var receiver = new RtcPeer(right, atRight)) {
            exchange(sender, receiver, Direction.SENDONLY);
            awaitBothConnected();
            int type = sender.codec(MediaKind.VIDEO, "VP8").orElseThrow().payloadType();
            sender.send(MediaKind.VIDEO, type, new byte[] {0x10, 0, 0, 0}, 0, true);
            await().atMost(Duration.ofSeconds(5)).until(() -> atRight.payloads.size() == 1);

            receiver.requestKeyframe();

            await().atMost(Duration.ofSeconds(5)).until(() -> atLeft.keyframeRequests.get() == 1);
        }
    }

    @Test
    void withoutAKeyframeAReceiverAsksAgainAndAgainAndSaysWhatItCouldTake() throws Exception {
        try (var sender = new RtcPeer(left, atLeft);
                var receiver = new RtcPeer(right, atRight)) {
            exchange(sender, receiver, Direction.SENDONLY);
            awaitBothConnected();
            int type = sender.codec(MediaKind.VIDEO, "VP8").orElseThrow().payloadType();

            sender.send(MediaKind.VIDEO, type, new byte[] {0x10, 1, 0, 0}, 0, true);

            await().atMost(Duration.ofSeconds(20)).until(() -> atLeft.keyframeRequests.get() >= 2);
            await().atMost(Duration.ofSeconds(20)).until(() -> atLeft.allowed.get() > 0);
            sender.send(MediaKind.VIDEO, type, new byte[] {0x10, 0, 0, 0}, 3_000, true);
            await().atMost(Duration.ofSeconds(20)).until(() -> atRight.payloads.size() == 2);
            assertThat(receiver.stats().received().get(MediaKind.VIDEO).keyframes())
                    .isOne();
        }
    }

    @Test
    void whoIsClosedTellsTheOther() throws Exception {
        try (var sender = new RtcPeer(left, atLeft);
                var receiver = new RtcPeer(right, atRight)) {
            exchange(sender, receiver, Direction.SENDONLY);
            awaitBothConnected();

            sender.close();

            await().atMost(Duration.ofSeconds(5)).untilTrue(atRight.disconnected);
            await().atMost(Duration.ofSeconds(5)).until(() -> left.transportCount() == 0);
        }
    }

    @Test
    void aCertificateThatWasNotAnnouncedIsRefused() throws Exception {
        try (var sender = new RtcPeer(left, atLeft);
                var receiver = new RtcPeer(right, atRight)) {
            String offer = sender.offer(Optional.of(Direction.SENDONLY), Optional.empty());
            String answer = receiver.answer(offer);
            String forged = answer.replace(
                    right.fingerprint().toString(),
                    RtcNodeFingerprints.another(right.fingerprint()).toString());
            assertThat(forged).isNotEqualTo(answer);
            sender.acceptAnswer(forged);
            sender.candidates().forEach(receiver::addCandidate);
            receiver.candidates().forEach(sender::addCandidate);

            await().atMost(Duration.ofSeconds(10)).untilTrue(atLeft.disconnected);
            assertThat(atLeft.connected).isFalse();
        }
    }

    @Test
    void bothMayAnswerTheOthersOfferInTheRoleThatIsLeft() throws Exception {
        try (var offerer = new RtcPeer(left, atLeft);
                var answerer = new RtcPeer(right, atRight)) {
            String offer = offerer.offer(Optional.of(Direction.SENDRECV), Optional.empty())
                    .replace("a=setup:actpass", "a=setup:active");
            String answer = answerer.answer(offer);
            assertThat(answer).contains("a=setup:passive");
            offerer.acceptAnswer(answer);
            offerer.candidates().forEach(answerer::addCandidate);
            answerer.candidates().forEach(offerer::addCandidate);

            awaitBothConnected();
        }
    }
}
